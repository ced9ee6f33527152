// The conversation: reading, writing, and incoming messages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { allSent, answerMessages, entry, holdSent, look, loseSent, refuseSent, sent, write } from "./scenes/conversation.mjs";
import { makeWorld, openContact, openPage, requests } from "./support.mjs";

const texts = (page) => page.locator(".messages .bubble").allTextContents();
const writing = (page) => page.getByRole("textbox", { name: /^Message to/ });
const messages = (page) => page.getByRole("region", { name: "Messages" });
const toTop = (page) => messages(page).evaluate((element) => { element.scrollTop = 0; });
const sentTo = async (world, before) => (await world.deliveries("sendMessage")).slice(before).map(({ response }) => response.content);

test("an SMS is sent and appears, and the contact's answer after it", async (t) => {
  const world = await makeWorld({ contact_replies: true });
  const { page, errors } = await openPage(t, world);
  const before = (await world.deliveries("sendMessage")).length;
  await page.getByLabel("Channel").selectOption("sms");
  await page.getByRole("textbox", { name: /^Message to/ }).fill("Could we move your visit to Friday?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".message.ours .bubble", { hasText: "Could we move your visit to Friday?" }).waitFor();
  await sent(page, "Could we move your visit to Friday?");
  const sentMessages = await world.deliveries("sendMessage");
  assert.deepEqual(sentMessages.slice(before).map(({ request }) => request.channel), ["sms"]);
  assert.equal(await page.getByRole("textbox", { name: /^Message to/ }).inputValue(), "");

  await page.locator(".message.ours:has-text('move your visit to Friday') ~ .message.theirs").first().waitFor();
  assert.equal((await texts(page)).filter((text) => text.includes("move your visit to Friday")).length, 1, "shown once");
  const wrote = page.getByRole("log").getByText(/wrote:/);
  await wrote.first().waitFor({ state: "attached" });
  assert.equal(await wrote.count(), 1, "announced once");
  assert.deepEqual(errors, []);
});

test("the newest message is at the bottom, and older ones load on scroll, without a jump", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const scroller = messages(page);
  assert.ok(await scroller.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight) <= 1);
  const times = await page.locator(".messages time").evaluateAll((all) => all.map((time) => time.dateTime));
  assert.deepEqual(times, [...times].sort());
  const count = await page.locator(".message").count();

  // The first visible row keeps its distance from the top of the window while the older page loads.
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route(/offset=30/, async (route) => { await held; await route.continue(); });
  const reading = page.locator(`.message[data-id="${await page.locator(".message").nth(2).getAttribute("data-id")}"] .bubble`);
  await scroller.evaluate((element) => { element.scrollTop = 60; });
  const { y } = await reading.boundingBox();
  letGo();
  await page.waitForFunction((known) => document.querySelectorAll(".message").length > known, count);
  assert.ok(Math.abs((await reading.boundingBox()).y - y) <= 1, "the reading position stays");
  const ids = await page.locator(".message").evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.equal(new Set(ids).size, ids.length);
});

test("all older messages load, each once, also when new ones arrive meanwhile", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const contactId = world.contacts[0].id;
  const older = page.getByRole("button", { name: "Load older messages" });
  for (let arrived = 0; await older.isVisible(); arrived += 1) {
    await world.receive({ contact_id: contactId, content: `Meanwhile ${arrived}` });
    const count = await page.locator(".message").count();
    await toTop(page);
    await page.waitForFunction((known) => document.querySelectorAll(".message").length > known, count);
    await page.locator(".older .button[aria-disabled]").waitFor({ state: "detached" });
  }
  await page.getByText("The beginning of the conversation").waitFor();
  const ids = await page.locator(".message").evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.equal(new Set(ids).size, ids.length);
  assert.ok((await page.getByRole("log").textContent()).includes("Meanwhile"), "messages that arrived meanwhile are announced");
});

test("after an error, older messages load by a button that the keyboard reaches", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  let attempts = 0;
  await page.route(/offset=[1-9]/, (route) => { attempts += 1; return attempts > 3 ? route.continue() : route.abort("connectionreset"); });
  await toTop(page);
  await page.locator(".older [role=alert]").waitFor();
  assert.equal(attempts, 3, "only the client's own attempts");
  const button = page.getByRole("button", { name: "Load older messages" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".message").length > 30);
  assert.equal(await page.locator(".older [role=alert]").count(), 0);
  await page.locator("#announcer", { hasText: "30 older messages" }).waitFor({ state: "attached" });
});

test("an agent writes the message, as a reply to a chosen one", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const inbound = page.locator(".message.theirs").last();
  await inbound.hover();
  await inbound.getByRole("button", { name: /^Reply to/ }).click();
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

test("an empty message shows an error next to its field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".composer .field-error", { hasText: "Message: enter a value." }).waitFor();
  assert.ok(await page.getByRole("textbox", { name: /^Message to/ }).evaluate((element) => element === document.activeElement));
  assert.equal((await requests(world, "sendMessage")).length, 0);
});

test("messages show at once, are sent one after another, and arrive in order", async (t) => {
  const world = await makeWorld();
  const before = (await world.deliveries("sendMessage")).length;
  const { page } = await openPage(t, world);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route("**/send-message", async (route) => { await held; await route.continue(); });
  for (const text of ["One", "Two", "Three"]) await write(page, text);
  assert.deepEqual((await texts(page)).slice(-3), ["One", "Two", "Three"]);
  assert.deepEqual(await page.locator(".entry .state").allTextContents(), ["Sending…", ...Array(2).fill("Waiting for the previous message")]);
  assert.equal(await writing(page).inputValue(), "", "the next one can be written");
  letGo();
  await allSent(page);
  assert.deepEqual(await sentTo(world, before), ["One", "Two", "Three"]);
  assert.deepEqual((await texts(page)).slice(-3), ["One", "Two", "Three"]);
  assert.match(await page.locator(".message.ours").last().textContent(), /Sent$/);
});

test("a failed message among others keeps its place, says why, and is sent on request", async (t) => {
  const world = await makeWorld();
  const before = (await world.deliveries("sendMessage")).length;
  const { page } = await openPage(t, world);
  await refuseSent(page, 401, "Invalid API key");
  await write(page, "One");
  await entry(page, "Not sent").getByText(/Invalid API key/).waitFor();
  await page.unroute("**/send-message");
  await write(page, "Two");
  await page.waitForFunction(() => document.querySelectorAll(".entry").length === 1);
  assert.deepEqual((await texts(page)).slice(-2), ["One", "Two"]);
  assert.equal(await writing(page).inputValue(), "");
  await page.getByRole("button", { name: "Send again" }).click();
  await allSent(page);
  assert.deepEqual(await sentTo(world, before), ["Two", "One"]);
  assert.deepEqual((await texts(page)).slice(-2), ["Two", "One"]);
});

test("editing a failed message puts it back in the composer, before the current draft", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "sendMessage", type: "answer", status: 400, body: { error: true, message: "content: too rude" } });
  await page.getByLabel("Channel").selectOption("email");
  await write(page, "Hello");
  await entry(page, "Not sent").getByText(/too rude/).waitFor();
  await page.getByLabel("Channel").selectOption("sms");
  await writing(page).fill("and more");
  await page.getByRole("button", { name: "Edit" }).click();
  assert.equal(await writing(page).inputValue(), "Hello\nand more");
  assert.equal(await page.getByLabel("Channel").inputValue(), "email");
  assert.ok(await writing(page).evaluate((element) => element === document.activeElement));
  assert.equal(await page.locator(".entry").count(), 0);
});

test("a message that may have been delivered is found by a check, and not sent again", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await page.getByRole("button", { name: "Live updates" }).click();
  await world.faults({ operation: "sendMessage", type: "answer", status: 500, body: { error: true, message: "Upstream is down" }, carryOut: true });
  await write(page, "Hello again");
  const unsure = entry(page, "May have been delivered");
  await unsure.getByText("Upstream is down").waitFor();
  await page.locator("#announcer", { hasText: "may have been delivered" }).waitFor({ state: "attached" });
  assert.deepEqual(await unsure.getByRole("button").allTextContents(), ["Check whether it arrived"]);
  assert.equal(await writing(page).inputValue(), "", "it cannot be sent twice");
  await look(page);
  await unsure.waitFor({ state: "detached" });
  assert.equal((await texts(page)).filter((text) => text === "Hello again").length, 1);
  assert.match(await page.locator(".message.ours").last().textContent(), /Sent$/);
  await page.locator("#announcer", { hasText: "arrived" }).waitFor({ state: "attached" });
  assert.equal((await requests(world, "sendMessage")).length, 1);
  assert.deepEqual(errors, []);
});

test("a message that did not arrive is sent again only after a check, with a warning and on request", async (t) => {
  const world = await makeWorld();
  const before = (await world.deliveries("sendMessage")).length;
  const { page } = await openPage(t, world);
  // An earlier message with the same text does not count.
  await write(page, "Are you there?");
  await allSent(page);
  await loseSent(page);
  await write(page, "Are you there?");
  await look(page);
  await entry(page, "Not in the conversation at").getByText(/may get it twice/).waitFor();
  await page.unroute("**/send-message");
  await page.getByRole("button", { name: "Check again" }).click();
  await page.locator(".entry [aria-disabled]").waitFor({ state: "detached" });
  assert.equal((await sentTo(world, before)).length, 1);

  await page.getByRole("button", { name: "Send again…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send the message again?" });
  await dialog.getByText(/twice/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal((await sentTo(world, before)).length, 1);
  await page.getByRole("button", { name: "Send again…" }).click();
  await dialog.getByRole("button", { name: "Send again" }).click();
  await allSent(page);
  assert.equal((await sentTo(world, before)).length, 2);
});

test("a live update settles an unknown outcome, even if this machine's clock is wrong", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: (page) => page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_600_000;
  }) });
  await world.faults({ operation: "sendMessage", type: "answer", status: 502, carryOut: true });
  await write(page, "Did this go out?");
  await entry(page, "May have been delivered").waitFor();
  await page.getByRole("button", { name: "Live updates" }).click();
  await page.getByRole("button", { name: "Live updates" }).click();
  await page.locator(".entry").waitFor({ state: "detached" });
  assert.equal((await texts(page)).filter((text) => text === "Did this go out?").length, 1);
});

test("of two messages with the same text, only the delivered one is matched", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.route("**/send-message", (route) => route.abort("connectionreset"), { times: 1 });
  await write(page, "OK");
  await entry(page, "May have been delivered").waitFor();
  await write(page, "OK");
  await page.locator("#announcer", { hasText: "Message sent" }).waitFor({ state: "attached" });
  await look(page);
  await entry(page, "Not in the conversation at").waitFor();
  assert.deepEqual((await texts(page)).slice(-2), ["OK", "OK"]);
});

test("a check waits for messages in flight", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "sendMessage", type: "answer", status: 502, carryOut: true });
  await write(page, "One");
  await entry(page, "May have been delivered").waitFor();
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route("**/send-message", async (route) => { await held; await route.continue(); });
  await write(page, "Two");
  await look(page);
  await page.getByText("Checking…").waitFor();
  letGo();
  await allSent(page);
  assert.deepEqual((await texts(page)).slice(-2), ["One", "Two"]);
});

test("a message that arrives before its answer shows once", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route("**/send-message", async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  });
  await write(page, "Only once");
  await entry(page, "Sending…").waitFor();
  const live = page.getByRole("button", { name: "Live updates" });
  await live.click();
  await live.click();
  await page.locator(".message[data-id]", { hasText: "Only once" }).waitFor();
  assert.equal((await texts(page)).filter((text) => text === "Only once").length, 1);
  letGo();
  await page.locator("#announcer", { hasText: "Message sent" }).waitFor({ state: "attached" });
  assert.equal((await texts(page)).filter((text) => text === "Only once").length, 1);
});

test("a message that an agent wrote is found as well", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "Live updates" }).click();
  await world.faults({ operation: "sendMessage", type: "answer", status: 504, carryOut: true });
  await page.getByRole("radio", { name: "AI writes" }).check();
  await write(page, "Offer an appointment tomorrow");
  await look(page);
  await allSent(page);
  assert.equal((await requests(world, "sendMessage")).length, 1);
});

test("a check that fails says so", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { before: loseSent });
  await write(page, "Hello");
  await entry(page, "May have been delivered").waitFor();
  await page.route("**/get-contact-messages/**", (route) => route.abort("connectionreset"));
  await look(page);
  await page.locator(".entry [role=alert]").getByText("No connection to the API").waitFor();
  assert.equal(await page.getByRole("button", { name: /Send again/ }).count(), 0);
});

test("neither another conversation nor a reload loses what was written", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: holdSent });
  const [first, second] = world.contacts;
  await write(page, "On its way");
  await write(page, "Behind it");
  await writing(page).fill("Half a sentence");
  await openContact(page, second.id);
  assert.equal(await writing(page).inputValue(), "");
  await openContact(page, first.id);
  assert.equal(await writing(page).inputValue(), "Half a sentence");
  await entry(page, "Sending…").getByText("On its way").waitFor();

  await page.reload();
  await entry(page, "May have been delivered").getByText("On its way").waitFor();
  await entry(page, "Not sent").getByText("Behind it").waitFor();
  await openContact(page, second.id);
  await page.getByText(`A message to ${first.name} was not sent`).waitFor();
  await page.locator(".elsewhere").getByRole("button", { name: "Open" }).click();
  await entry(page, "Not sent").waitFor();
  assert.equal((await requests(world, "sendMessage")).length, 0, "nothing is sent automatically");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, Object.entries(sessionStorage).filter(([name]) => name.includes("outbox"))]));
  assert.ok(!kept.includes(world.api_key));
});

test("a paused agent is pointed out, and the API's answer about it is shown", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("radio", { name: "AI writes" }).check();
  await page.getByLabel("Agent that writes").selectOption(world.agents[3].id);
  await page.locator(".composer").getByText(/is paused/).waitFor();
  await write(page, "Offer an appointment");
  await entry(page, "Not sent").getByText(/is not active/).waitFor();
  await page.getByRole("button", { name: "Edit" }).click();
  assert.equal(await writing(page).inputValue(), "Offer an appointment");
  assert.ok(await page.getByRole("radio", { name: "AI writes" }).isChecked());
});

test("a contact without an address for a channel is pointed out", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openContact(page, world.contacts[5].id);
  await page.getByText("No phone number or email address").waitFor();
  const hint = page.locator(".composer-hint");
  for (const [way, text] of [["sms", /no phone number/i], ["email", /no email address/i], ["instagram", /^$/]]) {
    await page.getByLabel("Channel").selectOption(way);
    assert.match(await hint.textContent(), text);
  }
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

test("a contact without messages shows a prompt to write one", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { ready: false, before: (page) => answerMessages(page, { messages: [] }) });
  await page.getByText("Write the first one to Maya Lindqvist.").waitFor();
  await holdSent(page);
  await write(page, "Welcome");
  await entry(page, "Sending…").waitFor();
  assert.equal(await page.getByText("No messages yet").count(), 0);
});

async function download(page, format) {
  await page.getByRole("button", { name: "Save the conversation" }).click();
  await page.getByRole("radio", { name: format }).check();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Read and save" }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("the whole history as JSON: every message, oldest first, and no key", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const { name, text } = await download(page, /JSON/);
  assert.match(name, /^Maya-Lindqvist-\d{4}-\d\d-\d\d\.json$/);
  const saved = JSON.parse(text);
  assert.equal(saved.messages.length, 120);
  assert.equal(saved.complete, true);
  assert.equal(saved.contact.name, "Maya Lindqvist");
  const times = saved.messages.map(({ timestamp }) => timestamp);
  assert.deepEqual(times, [...times].sort());
  assert.deepEqual(Object.keys(saved.messages[0]).sort(), ["content", "id", "message_type", "sender_type", "timestamp"]);
  assert.ok(!text.includes(world.api_key));
  await page.getByText(`120 messages are saved as ${name}.`).first().waitFor();
  assert.deepEqual(errors, []);
});

test("the history as CSV: a spreadsheet reads its characters and times, and no cell is a formula", async (t) => {
  const world = await makeWorld();
  const contents = ['=HYPERLINK("http://evil.example","x")', "+1 207", "-1", "@here", 'She said "yes",\nthen no', "plain", " =1+1", "שלום"];
  const all = contents.map((content, index) => ({ id: `msg_${index}`, sender_type: "contact", message_type: "sms", content, timestamp: `2026-04-01T09:0${index}:00Z` }));
  const { page } = await openPage(t, world, { timezoneId: "Asia/Kolkata", before: (page) => answerMessages(page, { contact: { name: "נועה / ../=x" }, messages: all.toReversed() }) });
  const { name, text } = await download(page, /CSV/);
  assert.match(name, /^נועה-x-\d{4}-\d\d-\d\d\.csv$/);
  const [first, ...rest] = text;
  assert.equal(first, "\uFEFF", "a byte-order mark, by which Excel detects UTF-8");
  const lines = rest.join("").split("\r\n");
  assert.equal(lines[0], '"timestamp","local_time","sender_type","message_type","content","id"');
  assert.ok(lines[1].startsWith('"2026-04-01T09:00:00Z","2026-04-01 14:30:00",'), lines[1]);
  const cells = lines.slice(1, -1).map((line) => /"sms","(.*)","msg_\d"$/s.exec(line)[1].replaceAll('""', '"'));
  assert.deepEqual(cells, contents.map((content) => (/^\s*[=+@-]/.test(content) ? `'${content}` : content)));
});

test("reading the history can be stopped and continued, also after an error", async (t) => {
  const world = await makeWorld({ largest_page: 50 });
  const { page } = await openPage(t, world);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  const more = /limit=200.*offset=[1-9]|offset=[1-9].*limit=200/;
  await page.route(more, async (route) => { await held; await route.continue().catch(() => {}); });
  await page.getByRole("button", { name: "Save the conversation" }).click();
  await page.getByRole("button", { name: "Read and save" }).click();
  const dialog = page.getByRole("dialog", { name: "Save the conversation" });
  await dialog.getByText("50 of 120 messages").waitFor();
  assert.equal(await dialog.getByRole("progressbar", { name: "Messages read" }).getAttribute("max"), "120");
  await dialog.getByRole("button", { name: "Stop" }).click();
  await dialog.getByText("Stopped at 50 of 120 messages.").waitFor();
  letGo();

  await page.unroute(more);
  await page.route(more, (route) => route.fulfill({ status: 403, json: { error: true, message: "Not any more" } }));
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("alert").getByText("Not any more").waitFor();
  const [part] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Save these 50" }).click()]);
  assert.equal((await readFile(await part.path(), "utf8")).match(/"msg_/g).length, 50);
  await dialog.getByText("older messages are missing").waitFor();

  await page.unroute(more);
  const [whole] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Continue" }).click()]);
  assert.equal((await readFile(await whole.path(), "utf8")).match(/"msg_/g).length, 120);
});

test("the history shows what it waits for", async (t) => {
  const world = await makeWorld({ largest_page: 50 });
  const { page } = await openPage(t, world);
  await page.route(/limit=200.*offset=50|offset=50.*limit=200/, (route) =>
    route.fulfill({ status: 429, headers: { "retry-after": "30" }, json: { error: true, message: "Rate limit exceeded" } }), { times: 1 });
  await page.getByRole("button", { name: "Save the conversation" }).click();
  await page.getByRole("button", { name: "Read and save" }).click();
  const dialog = page.getByRole("dialog", { name: "Save the conversation" });
  await dialog.getByText(/asked to wait|rate limit/).waitFor();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await dialog.getByText("Stopped at 50 of 120 messages.").waitFor();
});

test("a long history waits for the rate limit, and says so", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "Live updates" }).click();
  // One message per page: more pages than a minute allows.
  await page.route(/limit=200/, async (route) => {
    const url = route.request().url().replace("limit=200", "limit=1");
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.getByRole("button", { name: "Save the conversation" }).click();
  await page.getByRole("button", { name: "Read and save" }).click();
  await page.getByText(/Waiting for the rate limit/).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText(/^Stopped at 5\d of 120 messages/).first().waitFor();
});

test("in a narrow window nothing in the thread overflows, not even a long word", async (t) => {
  const { page } = await openPage(t, await makeWorld(), {
    width: 320, height: 640,
    before: (page) => answerMessages(page, {
      messages: ["contact", "agent"].map((sender_type, index) => ({
        id: `msg_${index}`, sender_type, message_type: "sms", content: "x".repeat(200), timestamp: "2026-04-01T09:00:00Z",
      })),
    }),
  });
  await loseSent(page);
  await write(page, `https://example.com/${"y".repeat(200)}`);
  await entry(page, "May have been delivered").waitFor();
  const sticksOut = () => messages(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.equal(await sticksOut(), 0);
});

test("names and texts in right-to-left scripts keep their direction", async (t) => {
  const { page } = await openPage(t, await makeWorld(), {
    before: (page) => answerMessages(page, {
      contact: { name: "נועה בן־דוד", phone: "+97235550111" },
      messages: [{ id: "msg_1", sender_type: "contact", message_type: "sms", content: "שלום, אפשר ב-10:30?", timestamp: "2026-04-01T09:00:00Z" }],
    }),
  });
  const direction = (locator) => locator.evaluate((element) => getComputedStyle(element).direction);
  assert.equal(await direction(page.getByRole("heading", { name: "נועה בן־דוד" })), "rtl");
  assert.equal(await direction(page.locator(".bubble")), "rtl");
  await writing(page).fill("שלום");
  assert.equal(await direction(writing(page)), "rtl");
});
