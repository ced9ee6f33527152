// A conversation in each state.

import { callOften } from "./activity.mjs";
import { goTo, openContact } from "../support.mjs";

export const SEND = "**/send-message";
export const MESSAGES = "**/get-contact-messages/**";

/** Writes `text` to the open contact and sends it. */
export async function write(page, text) {
  await page.getByRole("textbox", { name: /^Message to/ }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Waits until the API has the message: the page shows it at once, and it has an id once it is sent. */
export const sent = (page, text) => page.locator(".message.ours[data-id]", { hasText: text }).waitFor();

/** Waits until nothing is left to send. */
export const allSent = (page) => page.waitForFunction(() => !document.querySelector(".entry"));

/** Requests that send get no answer and have no effect. */
export const loseSent = (page) => page.route(SEND, (route) => route.abort("connectionreset"));

/** Requests that send get no answer until the page is closed. */
export const holdSent = (page) => page.route(SEND, () => {});

export const refuseSent = (page, status, message) =>
  page.route(SEND, (route) => route.fulfill({ status, json: { error: true, message }, headers: { "access-control-allow-origin": "*" } }));

/** Answers the conversation with `messages`, newest first. */
export const answerMessages = (page, { contact, messages }) => page.route(MESSAGES, async (route) => {
  const answer = await (await route.fetch()).json();
  const query = new URL(route.request().url()).searchParams;
  const offset = Number(query.get("offset") ?? 0);
  await route.fulfill({ json: { ...answer, contact: contact ?? answer.contact, messages: messages.slice(offset, offset + Number(query.get("limit"))), total: messages.length, offset } });
});

/** Our message whose state is `text`. */
export const entry = (page, text) => page.locator(".entry", { has: page.locator(".state", { hasText: text }) });
const stateOf = (page, text) => entry(page, text).waitFor();

export const look = (page) => page.getByRole("button", { name: "Check whether it arrived" }).click();

const rightToLeft = [
  ["contact", "שלום, אפשר להזיז את התור ליום חמישי ב-10:30?"],
  ["agent", "كل شيء جاهز. نراك يوم الخميس (10:30)."],
  ["contact", "Danke! Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und https://example.com/a/very/long/address/that/never/breaks/anywhere/at-all"],
].map(([sender_type, content], index) => ({ id: `msg_${index}`, sender_type, message_type: "whatsapp", content, timestamp: new Date(Date.UTC(2026, 3, 1, 9, index * 20)).toISOString() })).reverse();

/** How many looks at other contacts a page has started, and how many were answered. */
const looksOf = new WeakMap();

const scene = (name, show, more) => ({ name: `conversation-${name}`, async show(page, world) { await goTo(page, "conversation"); await show(page, world); }, ...more });

export const scenes = [
  scene("empty", (page) => page.getByText("No messages yet").waitFor(),
    { open: { ready: false, before: (page) => answerMessages(page, { messages: [] }) } }),
  scene("beginning", async (page, world) => {
    await openContact(page, world.contacts[3].id);
    await page.getByRole("region", { name: "Messages" }).evaluate((element) => { element.scrollTop = 0; });
    await page.getByText("The beginning of the conversation").waitFor();
  }),
  scene("unreachable", async (page, world) => {
    await openContact(page, world.contacts[5].id);
    await page.getByLabel("Channel").selectOption("sms");
    await page.getByText(/No phone number is known/).waitFor();
  }),
  scene("paused-agent", async (page, world) => {
    await page.getByRole("radio", { name: "AI writes" }).check();
    await page.getByLabel("Agent that writes").selectOption(world.agents[3].id);
    await write(page, "Offer two times next week");
    await page.locator(".entry", { hasText: "is not active" }).waitFor();
  }),
  scene("pending", async (page) => {
    await write(page, "Could we move your visit to Friday?");
    await write(page, "Ten o’clock would be free.");
    await stateOf(page, "Waiting for the previous message");
  }, { open: { before: holdSent } }),
  scene("queued", async (page, world) => {
    await callOften(page, "getAgent", [world.agents[0].id], 60);
    await write(page, "Could we move your visit to Friday?");
    await stateOf(page, "Sends in");
  }, { world: { rate_limit: { requests: 1_000, per_ms: 60_000 } } }),
  scene("not-live", async (page, world) => {
    await world.faults({ operation: "getContactMessages", type: "answer", status: 401, body: { error: true, message: "Invalid API key" }, times: null });
    const live = page.getByRole("button", { name: "Live updates" });
    await live.click();
    await live.click();
    await page.locator(".live-text.is-failed").waitFor();
  }),
  scene("failed", async (page) => {
    await write(page, "Could we move your visit to Friday?");
    await stateOf(page, "Not sent");
  }, { open: { before: (page) => refuseSent(page, 401, "Invalid API key") } }),
  scene("maybe", async (page) => {
    await write(page, "Could we move your visit to Friday?");
    await stateOf(page, "May have been delivered");
  }, { open: { before: loseSent } }),
  scene("not-arrived", async (page) => {
    await write(page, "Could we move your visit to Friday?");
    await look(page);
    await stateOf(page, "Not in the conversation at");
  }, { open: { before: loseSent } }),
  scene("older-failed", async (page) => {
    await page.route(/[?&]offset=[1-9]/, (route) => route.abort("connectionreset"));
    await page.getByRole("region", { name: "Messages" }).evaluate((element) => { element.scrollTop = 0; });
    await page.locator(".older [role=alert]").waitFor();
    await page.getByRole("region", { name: "Messages" }).evaluate((element) => { element.scrollTop = 0; });
  }),
  scene("elsewhere", async (page, world) => {
    await write(page, "Could we move your visit to Friday?");
    await stateOf(page, "May have been delivered");
    await openContact(page, world.contacts[1].id);
    await page.getByText(/^A message to .* was not sent/).waitFor();
  }, { open: { before: loseSent } }),
  scene("history-question", async (page) => {
    await page.getByRole("button", { name: "Save the conversation" }).click();
    await page.getByRole("button", { name: "Read and save" }).waitFor();
  }),
  scene("history-saved", async (page) => {
    await page.getByRole("button", { name: "Save the conversation" }).click();
    await page.getByRole("button", { name: "Read and save" }).click();
    await page.getByRole("button", { name: "Save again" }).waitFor();
  }),
  scene("send-again", async (page) => {
    await write(page, "Could we move your visit to Friday?");
    await look(page);
    await page.getByRole("button", { name: "Send again…" }).click();
    await page.getByRole("dialog").waitFor();
  }, { open: { before: loseSent } }),
  scene("history", async (page) => {
    // The second page never comes.
    await page.route(/limit=200.*offset=[1-9]|offset=[1-9].*limit=200/, () => {});
    await page.getByRole("button", { name: "Save the conversation" }).click();
    await page.getByRole("button", { name: "Read and save" }).click();
    await page.getByText("50 of 120 messages").waitFor();
  }, { world: { largest_page: 50 } }),
  scene("history-stopped", async (page) => {
    await page.route(/limit=200.*offset=[1-9]|offset=[1-9].*limit=200/, () => {});
    await page.getByRole("button", { name: "Save the conversation" }).click();
    await page.getByRole("button", { name: "Read and save" }).click();
    await page.getByText("50 of 120 messages").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Continue" }).waitFor();
  }, { world: { largest_page: 50 } }),
  scene("search", async (page) => {
    await page.getByRole("button", { name: "Search the conversation" }).click();
    await page.getByRole("searchbox", { name: "Words to find" }).fill("tooth");
    await page.locator(".message.is-current").waitFor();
  }),
  scene("reply", async (page) => {
    const inbound = page.locator(".message.theirs").last();
    await inbound.hover();
    await inbound.getByRole("button", { name: /^Reply to/ }).click();
    await page.getByLabel("Channel").selectOption("sms");
    await page.getByRole("textbox", { name: /^Message to/ }).fill("See you at ten – Nora, https://example.com/".padEnd(200, "x"));
    await page.locator(".sms", { hasText: "segments" }).waitFor();
  }),
  scene("not-text", (page) => page.getByText(/^Not a text/).waitFor(), {
    open: { before: (page) => answerMessages(page, { messages: [null, { type: "image" }, "Call +1 (207) 555-0142 or see https://example.com/."].map((content, index) => ({
      id: `msg_${index}`, sender_type: index ? "contact" : "agent", message_type: "sms", content, timestamp: "2026-04-01T09:00:00Z",
    })) }) },
  }),
  scene("others-wrote", async (page) => {
    const looks = looksOf.get(page);
    for (let rounds = 0; await page.locator(".pick-mark").count() === 0; rounds += 1) {
      if (rounds > 60) throw new Error("no contact is marked");
      await page.clock.runFor(20_000);
      // The page looks at the next contact once the answer about the one before has arrived.
      while (looks.answered < looks.started) await page.evaluate(() => {});
    }
  }, {
    open: {
      async before(page) {
        await page.clock.install();
        const looks = { started: 0, answered: 0 };
        looksOf.set(page, looks);
        await page.route(/get-contact-messages.*limit=5$/, async (route) => {
          const wrote = ++looks.started > 5;
          const answer = await (await route.fetch()).json();
          const added = wrote ? [{ ...answer.messages[0], id: "new", sender_type: "contact", timestamp: new Date().toISOString() }] : [];
          await route.fulfill({ json: { ...answer, messages: [...added, ...answer.messages] } });
          looks.answered += 1;
        });
      },
    },
  }),
  scene("rtl", (page) => page.getByRole("heading", { name: "נועה בן־דוד" }).waitFor(), {
    open: { before: (page) => answerMessages(page, { contact: { name: "נועה בן־דוד", phone: "+97235550111", email: null }, messages: rightToLeft }) },
  }),
];
