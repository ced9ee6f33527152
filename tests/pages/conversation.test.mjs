// The conversation on the page: read, write, and what comes in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorld, openContact, openPage, requests } from "./support.mjs";

const texts = (page) => page.locator(".messages .bubble").allTextContents();

test("an SMS is sent and appears, and the contact's answer after it", async (t) => {
  const world = await makeWorld({ contact_replies: true });
  const { page, errors } = await openPage(t, world);
  const before = (await world.deliveries()).messages.length;
  await page.getByLabel("Channel").selectOption("sms");
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Could we move your visit to Friday?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".message.ours .bubble", { hasText: "Could we move your visit to Friday?" }).waitFor();
  const { messages } = await world.deliveries();
  const sent = messages.slice(before);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].channel, "sms");
  assert.equal(await page.getByRole("textbox", { name: /^Message to/ }).inputValue(), "");

  await page.locator(".message.ours:has-text('move your visit to Friday') ~ .message.theirs").first().waitFor();
  assert.equal((await texts(page)).filter((text) => text.includes("move your visit to Friday")).length, 1, "shown once");
  assert.match(await page.locator("#announcer").textContent(), /wrote:/);
  assert.deepEqual(errors, []);
});

test("the newest message is at the bottom, and older ones load without a jump", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const scroller = page.getByRole("region", { name: "Messages" });
  const fromBottom = () => scroller.evaluate((element) => Math.round(element.scrollHeight - element.scrollTop - element.clientHeight));
  assert.ok(await fromBottom() <= 1);
  const times = await page.locator(".messages time").evaluateAll((all) => all.map((time) => time.dateTime));
  assert.deepEqual(times, [...times].sort());

  const count = await page.locator(".message").count();
  await scroller.evaluate((element) => { element.scrollTop = 0; });
  const distance = await fromBottom();
  await page.getByRole("button", { name: "Load older messages" }).click();
  await page.waitForFunction((known) => document.querySelectorAll(".message").length > known, count);
  assert.ok(Math.abs(await fromBottom() - distance) <= 2, "the reading position stays");
  const ids = await page.locator(".message").evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.equal(new Set(ids).size, ids.length);
});

test("all older messages come, each once, also when new ones arrive meanwhile", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const contactId = world.contacts[0].id;
  const older = page.getByRole("button", { name: "Load older messages" });
  for (let arrived = 0; await older.isVisible(); arrived += 1) {
    await world.receive({ contact_id: contactId, content: `Meanwhile ${arrived}` });
    const count = await page.locator(".message").count();
    await older.click();
    await page.waitForFunction((known) => document.querySelectorAll(".message").length > known, count);
    await page.locator(".older .button[aria-disabled]").waitFor({ state: "detached" });
  }
  await page.getByText("The beginning of the conversation").waitFor();
  const ids = await page.locator(".message").evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.equal(new Set(ids).size, ids.length);
});

test("an agent writes the message, in answer to a certain one", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const inbound = page.locator(".message.theirs").last();
  await inbound.hover();
  await inbound.getByRole("button", { name: /^Answer this message/ }).click();
  await page.getByRole("radio", { name: "AI writes" }).check();
  await page.getByLabel("Agent that writes").selectOption(world.agents[0].id);
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Offer an appointment tomorrow");
  await page.keyboard.press("Control+Enter");
  await page.getByText("written by AI").waitFor();
  const [request] = await requests(world, "sendMessage");
  assert.equal(request.body.ai, true);
  assert.equal(request.body.agent_id, world.agents[0].id);
  assert.equal(request.body.message_id, await inbound.getAttribute("data-id"));
});

test("an empty message is refused at its field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".composer .field-error", { hasText: "content" }).waitFor();
  assert.ok(await page.getByRole("textbox", { name: /^Message to/ }).evaluate((element) => element === document.activeElement));
  assert.equal((await requests(world, "sendMessage")).length, 0);
});

test("a failed message is not sent again, says that it may have gone out, and stays written", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "sendMessage", type: "answer", status: 500, body: { error: true, message: "Upstream is down" } });
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Hello");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const alert = page.locator(".composer [role=alert]");
  await alert.waitFor();
  assert.match(await alert.textContent(), /Upstream is down/);
  assert.match(await alert.textContent(), /may have gone out/);
  assert.equal((await requests(world, "sendMessage")).length, 1, "a message is not sent again by itself");
  assert.equal(await page.getByRole("textbox", { name: /^Message to/ }).inputValue(), "Hello", "what was written stays");
});

test("what the server sends is text, never HTML", async (t) => {
  const world = await makeWorld();
  const content = `<img src=x onerror="window.hacked=1"><b>bold</b>`;
  await world.receive({ contact_id: world.contacts[0].id, content });
  const { page } = await openPage(t, world);
  await page.locator(".bubble", { hasText: content }).waitFor();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator(".bubble b, .bubble img").count(), 0);
});

test("a contact without messages invites to write", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  for (const { id } of world.contacts) {
    await openContact(page, id);
    await page.locator(".messages > li").first().waitFor();
  }
});
