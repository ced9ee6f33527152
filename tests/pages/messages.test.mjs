// Messages and the composer: content that is not text, links, input methods, dates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { answerMessages, entry, loseSent, write } from "./scenes/conversation.mjs";
import { makeWorld, openPage, requests } from "./support.mjs";

const bubbles = (page) => page.locator(".messages .bubble");
const message = (content, index = 0, more = {}) => ({
  id: `msg_${index}`, sender_type: "contact", message_type: "sms", content, timestamp: new Date(Date.UTC(2026, 3, 1, 9, index * 20)).toISOString(), ...more,
});
/** The page with these messages, oldest first. */
const withMessages = (t, world, messages, options = {}) => openPage(t, world, {
  ...options, before: async (page) => {
    await options.before?.(page);
    await answerMessages(page, { messages: messages.toReversed() });
  },
});

test("a message without text, or with an object as its content, is described", async (t) => {
  const world = await makeWorld();
  const contents = [null, undefined, "", "  ", { type: "image", url: "https://example.com/a.png" }, ["a", 1], 12, true];
  const { page, errors } = await withMessages(t, world, contents.map((content, index) => message(content, index)));
  const none = "A message without text";
  assert.deepEqual(await bubbles(page).allTextContents(), [none, none, none, none,
    'Not a text: {"type":"image","url":"https://example.com/a.png"}', 'Not a text: ["a",1]', "12", "true"]);
  const row = page.locator(".message").nth(4);
  await row.hover();
  await row.getByRole("button", { name: /^Reply to: Not a text/ }).click();
  assert.match(await page.locator(".answering").textContent(), /Not a text/);
  await page.getByRole("button", { name: "Save the conversation" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Read and save" }).click()]);
  assert.match(await readFile(await file.path(), "utf8"), /"\{""type"":""image"",/);
  assert.ok(!(await page.locator("body").innerText()).includes("[object"));
  assert.deepEqual(errors, []);
});

test("objects in place of names and channels are shown as JSON", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await withMessages(t, world, [message("Hello", 0, { sender_type: { role: "bot" }, message_type: { via: "fax" } })]);
  assert.match(await page.locator(".message .meta").textContent(), /\{"role":"bot"\}[^]*\{"via":"fax"\}/);
  assert.ok(!(await page.locator("body").innerText()).includes("[object"));
  assert.deepEqual(errors, []);
});

test("web links, email addresses and phone numbers in messages are links; dates and amounts are not", async (t) => {
  const world = await makeWorld();
  const { page } = await withMessages(t, world, [
    message("See https://example.com/a_(b)?q=1, or (http://example.org/x). Write to mia.neill+1@example.co.uk!", 0),
    message("Call +44 20 7946 0958 or +1 (207) 555-0142, else (207) 555-0143.", 1),
    message("On 2026-11-30 at 10:30, 01.12.2026, $1,250.00, order 4401-2233-9912, 100000000 and javascript:alert(1)", 2),
  ]);
  const links = await bubbles(page).locator("a").evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.textContent, link.rel]));
  assert.deepEqual(links.map(([href, text]) => [href, text]), [
    ["https://example.com/a_(b)?q=1", "https://example.com/a_(b)?q=1"],
    ["http://example.org/x", "http://example.org/x"],
    ["mailto:mia.neill+1@example.co.uk", "mia.neill+1@example.co.uk"],
    ["tel:+442079460958", "+44 20 7946 0958"],
    ["tel:+12075550142", "+1 (207) 555-0142"],
    ["tel:2075550143", "(207) 555-0143"],
  ]);
  assert.ok(links.slice(0, 2).every(([, , rel]) => rel === "noopener noreferrer"));
});

test("Ctrl+Enter is ignored during IME composition, and so is Enter in an id field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const field = page.getByRole("textbox", { name: /^Message to/ });
  await field.fill("こんにちは");
  const press = (locator, more) => locator.evaluate((element, more) => {
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true, ...more }));
  }, more);
  await press(field, { isComposing: true });
  await press(field, { keyCode: 229 });
  assert.equal(await field.inputValue(), "こんにちは", "nothing was sent");
  await page.locator("#contact-picker .by-id").click();
  const id = page.getByLabel("Open contact by id", { exact: true });
  await id.fill("one");
  await press(id, { isComposing: true, ctrlKey: false });
  assert.equal(await id.inputValue(), "one");
  await press(field, {});
  await page.locator(".message.ours[data-id]", { hasText: "こんにちは" }).waitFor();
  assert.equal((await requests(world, "sendMessage")).length, 1);
});

test("times follow the locale", async (t) => {
  const world = await makeWorld();
  for (const [locale, expected] of [["en-US", /^1:27\s?PM$/], ["de-DE", /^13:27$/]]) {
    const { page } = await withMessages(t, world, [message("Hello", 0, { timestamp: "2026-04-01T13:27:05Z" })], { locale, timezoneId: "UTC" });
    assert.match(await page.locator(".message time").textContent(), expected);
    await page.getByRole("button", { name: "Show what was sent" }).click();
    assert.match(await page.locator(".wire-table td").first().textContent(), locale === "en-US" ? /^\d{1,2}:\d\d:\d\d\s?[AP]M$/ : /^\d\d:\d\d:\d\d$/);
  }
});

test("a message that is not sent yet stands under the day on which it was written", async (t) => {
  const world = await makeWorld();
  const at = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const message = (id, timestamp) => ({ id, sender_type: "contact", message_type: "sms", content: id, timestamp });
  const messages = [message("old", at(72))];
  const { page } = await openPage(t, world, { before: async (page) => { await answerMessages(page, { messages }); await loseSent(page); } });
  await write(page, "Written today");
  await entry(page, "May have been delivered").waitFor();
  messages.unshift(message("later", at(0)));
  await page.reload();
  await page.locator(".message", { hasText: "later" }).waitFor();
  const rows = await page.locator(".messages > li").evaluateAll((all) => all.map((row) => (row.querySelector(".bubble") ?? row).textContent));
  assert.deepEqual(rows.slice(1).map((text) => (text === "Today" ? text : /Written today|old|later/.exec(text)?.[0])), ["old", "Today", "Written today", "later"]);
});

test("after midnight, messages under Today move to Yesterday", async (t) => {
  const world = await makeWorld();
  const evening = new Date("2026-04-01T23:58:00Z");
  const call = { call_id: "call_1", contact_id: world.contacts[0].id, agent_id: world.agents[0].id, status: "completed", started_at: "2026-04-01T21:00:00Z" };
  const { page } = await withMessages(t, world, [message("Good evening", 0, { timestamp: "2026-04-01T20:00:00Z" })], {
    timezoneId: "UTC",
    before: async (page) => {
      await page.clock.install({ time: evening });
      await page.route("**/_sandbox/organizations/*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), calls: [call] } });
      });
    },
  });
  assert.deepEqual(await page.locator(".day").allTextContents(), ["Today"]);
  assert.match(await page.locator(".call-row time").textContent(), /^Today,/);
  await page.clock.fastForward(3 * 60_000);
  await page.locator(".day", { hasText: "Yesterday" }).waitFor();
  assert.deepEqual(await page.locator(".day").allTextContents(), ["Yesterday"]);
  assert.match(await page.locator(".call-row time").textContent(), /^Yesterday,/);
});

/** The printed texts, and elements that are off the paper or overlap. */
function onPaper() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && parentElement.checkVisibility() && !parentElement.closest(".visually-hidden, script, noscript")) texts.push(data.trim());
  }
  const boxes = [...document.querySelectorAll(".message, .day, .sheet-head")].filter((element) => element.checkVisibility()).map((element) => element.getBoundingClientRect());
  const over = boxes.filter((box, index) => index > 0 && box.top < boxes[index - 1].bottom - 1).length;
  const scrollers = [...document.querySelectorAll("body, body *")].filter((element) => element.checkVisibility()
    && element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== "visible").map(({ className }) => className);
  return { texts, over, scrollers, controls: [...document.querySelectorAll("button, input, textarea, select")].filter((element) => element.checkVisibility()).length,
    ground: getComputedStyle(document.documentElement).colorScheme, ink: getComputedStyle(document.querySelector(".bubble")).color };
}

for (const [name, options] of Object.entries({ wide: {}, "dark, narrow": { width: 360, height: 740, colorScheme: "dark" }, "another part shown": { width: 900 }, low: { width: 640, height: 360 } })) {
  test(`print: the conversation only, all loaded messages, dark on white (${name})`, async (t) => {
    const { page } = await openPage(t, await makeWorld(), options);
    if (name === "another part shown") await page.evaluate(() => { document.body.dataset.view = "agent"; });
    await page.locator(".composer textarea").evaluate((field) => { field.value = "A draft"; });
    let reads = 0;
    page.on("request", () => { reads += 1; });
    await page.emulateMedia({ media: "print" });
    // Two frames later a scroll event has been delivered.
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    assert.equal(reads, 0, "printing reads nothing");
    const { texts, over, scrollers, controls, ground, ink } = await page.evaluate(onPaper);
    assert.equal(controls, 0, "no control");
    assert.equal(over, 0, "nothing overlaps");
    assert.deepEqual(scrollers, [], "nothing is cut off");
    assert.equal(texts[0], "Maya Lindqvist");
    assert.ok(texts.includes("30 of 120"), "it says that older messages are missing");
    assert.equal(await page.locator(".bubble:visible").count(), 30);
    for (const other of ["Agents", "Contacts", "What was sent", "Reply", "A draft"]) assert.ok(!texts.includes(other), other);
    assert.equal(ground, "light");
    assert.match(ink, /^rgb\((\d\d?), (\d\d?), (\d\d?)\)$/, "dark ink");
  });
}

test("an SMS shows its number of segments, and which character requires Unicode", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const sizes = await page.evaluate(async (texts) => {
    const { smsSize } = await import("./app/conversation/sms.js");
    return texts.map((text) => { const { alphabet, segments, used } = smsSize(text); return [alphabet, segments, used]; });
  }, ["", "a".repeat(160), "a".repeat(161), "€".repeat(80), "€".repeat(81), `${"a".repeat(152)}€${"a".repeat(7)}`, `${"a".repeat(152)}€${"a".repeat(152)}`,
    "ł".repeat(70), "ł".repeat(71), "😀".repeat(35), "😀".repeat(67), "Line\nbreak äöüÉ @£"]);
  assert.deepEqual(sizes, [["GSM-7", 0, 0], ["GSM-7", 1, 160], ["GSM-7", 2, 161], ["GSM-7", 1, 160], ["GSM-7", 2, 162], ["GSM-7", 2, 161], ["GSM-7", 3, 306],
    ["Unicode", 1, 70], ["Unicode", 2, 71], ["Unicode", 1, 70], ["Unicode", 3, 134], ["GSM-7", 1, 18]]);
  await page.getByLabel("Channel").selectOption("sms");
  const field = page.getByRole("textbox", { name: /^Message to/ });
  await field.fill("See you at ten");
  const counter = page.locator(".sms");
  assert.equal(await counter.textContent(), "14 of 160 · 1 segment · GSM-7");
  await field.fill("See you at ten – Nora");
  assert.equal(await counter.textContent(), "21 of 70 · 1 segment · Unicode for “–”");
  await page.getByLabel("Channel").selectOption("email");
  assert.equal(await counter.textContent(), "");
  await page.getByLabel("Channel").selectOption("sms");
  await page.getByRole("radio", { name: "AI writes" }).check();
  assert.equal(await counter.textContent(), "", "no count for a prompt");
});

test("search finds words in the conversation, steps through matches, and loads older messages on request", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await withMessages(t, world, Array.from({ length: 70 }, (_, index) => message(index % 10 === 3 ? `Crème brûlée ${index}` : `Message ${index}`, index)));
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.getByRole("button", { name: "Search the conversation" }).click();
  const words = page.getByRole("searchbox", { name: "Words to find" });
  assert.ok(await words.evaluate((element) => element === document.activeElement));
  await words.fill("creme BRULEE");
  const count = page.locator(".find-bar [role=status]");
  const current = page.locator(".message.is-current .bubble");
  assert.equal(await count.textContent(), "3 of 3");
  assert.equal(await current.textContent(), "Crème brûlée 63");
  await page.keyboard.press("Enter");
  assert.equal(await current.textContent(), "Crème brûlée 53");
  await page.getByRole("button", { name: "Next match" }).click();
  assert.equal(await current.textContent(), "Crème brûlée 63");
  await page.getByRole("button", { name: "Search older" }).click();
  await count.filter({ hasText: "6 of 6" }).waitFor();
  assert.equal(await current.textContent(), "Crème brûlée 63", "the current match stays");
  await page.getByRole("button", { name: "Search older" }).click();
  await count.filter({ hasText: "7 of 7" }).waitFor();
  await page.getByRole("button", { name: "Search older" }).waitFor({ state: "hidden" });
  await words.fill("nothing like this");
  assert.equal(await count.textContent(), "No match");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".found").count(), 0);
  assert.ok(await page.getByRole("button", { name: "Search the conversation" }).evaluate((element) => element === document.activeElement));
  assert.deepEqual(errors, []);
});
