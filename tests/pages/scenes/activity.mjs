// What was sent: the strip, with a request queued at the rate limit, and each language.

import { goTo } from "../support.mjs";

/** Opens the strip, which is a separate view on a phone. */
export async function openActivity(page) {
  await goTo(page, "activity");
  const toggle = page.getByRole("button", { name: "Show what was sent" });
  if (await toggle.isVisible()) await toggle.click();
}

/** Makes that many calls at once. Calls that are queued at the limit stay in flight. */
export const callOften = (page, operation, args, times) => page.evaluate(async ([operation, args, times]) => {
  const { call } = await import("./app/client.js");
  window.settled = 0;
  const settle = () => { window.settled += 1; };
  for (let made = 0; made < times; made += 1) call(operation, args).then(settle, settle);
}, [operation, args, times]);

/**
 * Resolves when that many calls of `callOften` have settled. A slot is free one window after its answer:
 * before a test sets the page's clock forward, it waits for the answers.
 */
export const untilSettled = (page, calls) => page.waitForFunction((calls) => window.settled === calls, calls);

/** Chooses the language of the code. */
export const choose = (page, language) => page.getByRole("radio", { name: language }).check();

const inLanguage = (language) => async (page, world) => {
  await callOften(page, "sendMessage", [{
    content: "It’s at ten – see “Where we are”.", ai: false, conversation_id: await conversationOf(page, world), channel: "sms",
  }], 1);
  await openActivity(page);
  await choose(page, language);
  await page.locator(".wire-code pre", { hasText: /send_message|send-message/ }).waitFor();
};

const conversationOf = (page, world) => page.evaluate(async (id) => {
  const { call } = await import("./app/client.js");
  return (await call("getContactMessages", [id, { limit: 1 }])).conversation_id;
}, world.contacts[0].id);

export const scenes = [
  {
    name: "activity-open",
    opensWide: true,
    async show(page, world) {
      await world.faults({ operation: "getCallRecording", type: "answer", status: 404, body: { error: true, message: "Call not found" }, times: 2 });
      await world.faults({ operation: "getAgent", type: "answer", status: 503, times: 1 });
      await callOften(page, "getCallRecording", ["CA1"], 2);
      await callOften(page, "getAgent", [world.agents[1].id], 8);
      await callOften(page, "archiveAgent", [world.agents[2].id], 1);
      await openActivity(page);
      await page.locator(".wire tr.good", { hasText: "archiveAgent" }).waitFor();
    },
  },
  {
    name: "activity-queue",
    opensWide: true,
    async show(page, world) {
      await callOften(page, "getAgent", [world.agents[0].id], 64);
      await openActivity(page);
      await page.locator(".limit-wait", { hasText: "wait" }).waitFor();
    },
  },
  { name: "code-rust", opensWide: true, show: inLanguage("Rust") },
  { name: "code-curl", opensWide: true, show: inLanguage("curl") },
];
