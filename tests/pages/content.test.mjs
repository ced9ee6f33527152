// Long content in names, messages and errors never overflows the window, at any width.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clipped, outside, overflow } from "./checks.mjs";
import { MESSAGES, SEND, loseSent, write } from "./scenes/conversation.mjs";
import { control, makeWorld, openContact, openPage } from "./support.mjs";

/** Both sides of each breakpoint, and common widths. */
const WIDTHS = [320, 360, 418, 420, 719, 721, 1000, 1119, 1121, 1280, 1920];
const LONG = "https://example.com/".padEnd(300, "unbroken");
const WORDS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(3);

/** Replaces each answer of the API by `change(answer)`. */
const answering = (page, pattern, change) => page.route(pattern, async (route) => {
  const response = await route.fetch();
  const answer = await response.json();
  change(answer);
  await route.fulfill({ response, json: answer });
});

async function lengthen(page) {
  await answering(page, MESSAGES, (answer) => {
    Object.assign(answer.contact, { name: LONG, phone: LONG, email: `${LONG}@example.com` });
    answer.messages.forEach((message, index) => { message.content = [LONG, WORDS, "Short"][index % 3]; });
    Object.assign(answer.messages[4] ?? {}, { message_type: LONG, sender_type: LONG });
  });
  await answering(page, "**/get-agent/**", (agent) => { Object.assign(agent, { name: LONG, voice_id: LONG, webhook: true, webhook_url: LONG }); });
  await answering(page, "**/_sandbox/organizations/*", (world) => {
    for (const entry of [...world.agents, ...world.contacts]) entry.name = `${entry.name} ${LONG}`;
    for (const call of world.calls ?? []) call.status = LONG;
  });
}

async function assertInside(page, what) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await page.evaluate(outside), [], `${what}, ${width} px: outside of the window`);
    assert.deepEqual(await page.evaluate(overflow), [], `${what}, ${width} px: sideways scrolling`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Parts that do not fit in a low window, with a high composer or with the open panel. */
const squeezed = () => [[".thread", 40], [".composer .send", 30]].filter(([selector, least]) => {
  const element = document.querySelector(selector);
  const { top, bottom } = element.getBoundingClientRect();
  return element.checkVisibility() && (top < 0 || bottom - top < least || (matchMedia("(min-height: 541px)").matches && bottom > innerHeight));
}).map(([selector]) => selector);

test("thread and Send fit in every window, with the panel open, a long reply and a long draft", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { before: lengthen });
  const check = async (what) => {
    for (const size of [[1280, 541], [1280, 600], [1024, 620], [1280, 800], [800, 600], [360, 640], [320, 541], [640, 360], [320, 200]]) {
      await page.setViewportSize({ width: size[0], height: size[1] });
      await page.evaluate(() => scrollTo(0, 0));
      assert.deepEqual(await page.evaluate(squeezed), [], `${what}, ${size.join(" × ")}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await check("as it opens");
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await check("with the panel");
  const inbound = page.locator(".message.theirs").last();
  await inbound.hover();
  await inbound.getByRole("button", { name: /^Reply to/ }).click();
  await page.getByRole("textbox", { name: /^Message to/ }).fill("A line\n".repeat(40));
  await page.getByRole("radio", { name: "AI writes" }).check();
  await check("with a long draft");
});

test("long words, names, links and errors stay in the window", async (t) => {
  const { page, errors } = await openPage(t, await makeWorld(), { before: lengthen });
  await assertInside(page, "the page");
  const inbound = page.locator(".message.theirs").last();
  await inbound.hover();
  await inbound.getByRole("button", { name: /^Reply to/ }).click();
  await assertInside(page, "a reply");
  await page.getByRole("textbox", { name: /^Message to/ }).fill(LONG);
  await page.getByRole("radio", { name: "AI writes" }).check();
  await assertInside(page, "AI writes");
  await page.getByRole("radio", { name: "As written" }).check();
  await page.route(SEND, (route) => route.fulfill({ status: 403, json: { error: true, message: LONG }, headers: { "access-control-allow-origin": "*" } }));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".entry .state.failed").waitFor();
  await assertInside(page, "a refused message");
  await page.getByRole("tab", { name: "Calls" }).click();
  await assertInside(page, "calls");
  assert.deepEqual(errors, []);
});

test("the other parts of the page contain long content, too", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { before: lengthen });
  for (const view of ["agent", "activity"]) {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator(`.views [data-view="${view}"]`).click();
    await assertInside(page, view);
  }
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await control(page, "name").fill(`${LONG}${LONG}`);
  await page.getByRole("button", { name: /^Save 1 change/ }).click();
  await assertInside(page, "the review of an agent, beside the panel");
  for (const name of ["Settings", "Call", "Save the conversation"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await assertInside(page, name);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("searchbox").fill("a");
  await assertInside(page, "known here");
});

test("the note on failed messages in another conversation stays in the window", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: async (page) => { await lengthen(page); await loseSent(page); } });
  await write(page, "Could we move your visit to Friday?");
  await page.locator(".entry.maybe").waitFor();
  await openContact(page, world.contacts[1].id);
  await page.getByText(/^A message to .* was not sent/).waitFor();
  await assertInside(page, "elsewhere");
});
