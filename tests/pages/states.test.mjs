// Error, empty and loading states: each offers one thing to do next, and that works.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnother, state } from "./scenes/states.mjs";
import { asTheRealApi, makeWorld, openPage, requests, stopClock } from "./support.mjs";

const answer = (status, more) => ({ operation: "getContactMessages", type: "answer", status, times: null, ...more });
const only = (box) => box.getByRole("button");
const faults = async (page, world, fault) => {
  await world.faults(fault);
  await readAnother(page, world);
};
/** The page with a stopped clock: time passes only by `page.clock.runFor`. */
async function openClocked(t, world) {
  const opened = await openPage(t, world, { before: (page) => page.clock.install() });
  await stopClock(opened.page);
  return opened;
}

test("offline: the page says so, and reads again when the network is back", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await page.context().setOffline(true);
  await page.locator(".top").getByText("Offline").waitFor();
  await page.locator("#announcer").getByText("You are offline").waitFor({ state: "attached" });
  await readAnother(page, world);
  await state(page).getByText("The page loads this when you are online again.").waitFor();
  assert.deepEqual(await only(state(page)).allInnerTexts(), ["Try again"]);
  await page.context().setOffline(false);
  await page.locator(".message").first().waitFor();
  assert.ok(await page.locator(".top").getByText("Offline").isHidden());
  assert.deepEqual(errors, []);
});

test("offline: a message is not sent, and says so, also after a reload", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.context().setOffline(true);
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const entry = page.locator(".entry");
  await entry.getByText("Not sent").waitFor();
  await entry.getByText("Nothing was sent. Try again when you are online.").waitFor();
  assert.deepEqual(await only(entry).allInnerTexts(), ["Send again", "Edit", "Remove"]);
  await page.context().setOffline(false);
  await page.locator(".top").getByText("Offline").waitFor({ state: "hidden" });
  assert.equal((await requests(world, "sendMessage")).length, 0);
  await page.reload();
  await entry.getByText("Nothing was sent. Try again when you are online.").waitFor();
  await only(entry).first().click();
  await page.waitForFunction(() => !document.querySelector(".entry"));
  assert.deepEqual((await requests(world, "sendMessage")).map(({ body }) => body.content), ["See you at ten."]);
});

test("offline: a server on this machine is still used", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.evaluate(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForFunction(() => !document.querySelector(".entry"));
  assert.equal((await requests(world, "sendMessage")).length, 1);
});

test("offline: a call and a new agent say that nothing was sent", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "New agent" }).click();
  await page.locator("#agent [name=name]").fill("Sales Bot");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Create agent" }).click();
  await page.locator("#agent [role=alert]").getByText("Nothing was sent.").waitFor();
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await page.getByRole("button", { name: "Start the call" }).click();
  await page.getByRole("dialog").getByRole("alert").getByText("Nothing was sent.").waitFor();
  assert.deepEqual(await world.deliveries(), []);
});

test("a message whose outcome is unknown says what was answered, if anything", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "sendMessage", type: "answer", status: 503, body: { error: true, message: "Try later" } });
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const entry = page.locator(".entry");
  await entry.getByText("The answer (status 503) does not say whether the request succeeded. Check before you send it again.").waitFor();
  await entry.getByText("Try later").waitFor();
  assert.equal(await entry.getByText("No answer arrived").count(), 0);
  await page.route("**/send-message", (route) => route.abort("connectionreset"));
  await page.locator(".composer textarea").fill("See you at eleven.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".entry", { hasText: "eleven" }).getByText("No answer arrived. Check before you send it again.").waitFor();
});

test("401: the button for another key focuses its field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await faults(page, world, answer(401, { body: { error: true, message: "Invalid API key" } }));
  await state(page).getByText("Invalid API key").waitFor();
  assert.deepEqual(await only(state(page)).allInnerTexts(), ["Enter another key"]);
  await only(state(page)).click();
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "apiKey");
});

test("403: says what the key belongs to, and links to the key", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await faults(page, world, answer(403, { body: { error: true, message: "no access" } }));
  await state(page).getByText("The key belongs to another organization").waitFor();
  assert.deepEqual(await only(state(page)).allInnerTexts(), ["Enter another key"]);
});

test("429: counts down, and reads again automatically", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await faults(page, world, answer(429, { headers: { "retry-after": "95" }, times: 1 }));
  const timer = state(page).getByRole("timer");
  await timer.getByText("in 95 seconds").waitFor();
  await page.clock.runFor(30_000);
  await timer.getByText("in 65 seconds").waitFor();
  await page.clock.runFor(70_000);
  await page.locator(".message").first().waitFor();
});

test("429: the wait can be stopped, and the read retried by hand", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await faults(page, world, answer(429, { headers: { "retry-after": "95" }, times: 1 }));
  await state(page).getByRole("button", { name: "Stop waiting" }).click();
  await page.clock.runFor(100_000);
  assert.equal(await state(page).getByRole("timer").count(), 0);
  await state(page).getByRole("button", { name: "Try again" }).click();
  await page.locator(".message").first().waitFor();
});

test("429 for a message: counts down to when it is sent, and keeps the order of messages", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await world.faults({ operation: "sendMessage", type: "answer", status: 429, headers: { "retry-after": "95" } });
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".entry").getByText("Sends in 95 s").waitFor();
  await page.locator(".composer textarea").fill("Bring your card.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".entry", { hasText: "Bring" }).getByText("Waiting for the previous message").waitFor();
  assert.equal((await requests(world, "sendMessage")).length, 1);
  await page.clock.runFor(96_000);
  await page.waitForFunction(() => !document.querySelector(".entry"));
  const sent = (await requests(world, "sendMessage")).slice(1);
  assert.deepEqual(sent.map(({ body }) => body.content), ["See you at ten.", "Bring your card."]);
});

test("a message behind one that was not sent waits for a person", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  let answer;
  const answered = new Promise((resolve) => { answer = resolve; });
  await page.route("**/send-message", async (route) => {
    await answered;
    await route.fulfill({ status: 401, json: { error: true, message: "Invalid API key" } });
  }, { times: 1 });
  for (const text of ["See you at ten.", "Bring your card."]) {
    await page.locator(".composer textarea").fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
  }
  answer();
  await page.locator(".entry", { hasText: "Bring" }).getByText("The message before it was not sent.").waitFor();
  assert.equal((await requests(world, "sendMessage")).length, 0);
  for (const text of ["See you at ten.", "Bring your card."]) {
    await page.locator(".entry", { hasText: text }).getByRole("button", { name: "Send again" }).click();
  }
  await page.waitForFunction(() => !document.querySelector(".entry"));
  assert.deepEqual((await requests(world, "sendMessage")).map(({ body }) => body.content), ["See you at ten.", "Bring your card."]);
});

test("slow: after some seconds the page shows the elapsed time, and a read can be stopped and restarted", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openClocked(t, world);
  await faults(page, world, { operation: "getContactMessages", type: "stall_headers", times: 1 });
  const slow = state(page);
  await page.locator(".loading").waitFor();
  await page.clock.runFor(2_000);
  assert.equal(await slow.count(), 0, "not yet");
  await page.clock.runFor(4_000);
  await slow.getByText("Still waiting, 6 s").waitFor();
  await page.locator("#announcer").getByText("Reading the conversation is taking longer").waitFor({ state: "attached" });
  await slow.getByRole("button", { name: "Stop" }).focus();
  await page.clock.runFor(3_000);
  await slow.getByText("Still waiting, 9 s").waitFor();
  await page.keyboard.press("Enter");
  await slow.getByText("Stopped").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Try again");
  await page.keyboard.press("Enter");
  await page.locator(".message").first().waitFor();
  assert.deepEqual(errors, []);
});

test("slow: a message in flight shows the elapsed time, and cannot be stopped", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await world.faults({ operation: "sendMessage", type: "stall_headers" });
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.clock.runFor(6_000);
  await page.locator(".entry").getByText("Sending… 6 s", { exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Stop" }).count(), 0);
});

test("slow: a request queued at the rate limit says so", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await faults(page, world, answer(429, { headers: { "retry-after": "40" }, times: 1 }));
  // The wait starts with the answer.
  await page.waitForFunction(async () => (await import("./app/activity/activity-log.js")).log.limit.read(Date.now()).heldFor > 0);
  await page.clock.runFor(6_000);
  await state(page).getByText("The next request is sent in 34 seconds").waitFor();
});

test("empty: the API has no lists, so the page offers an id field or a new agent", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { before: asTheRealApi, ready: false });
  await page.getByRole("button", { name: "Paste a contact’s id" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), "Open contact by id");
  await page.getByRole("button", { name: "Create an agent" }).click();
  await page.getByRole("heading", { name: "New agent" }).waitFor();
});

test("not found: the page offers another id", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await faults(page, world, answer(404, { body: { error: true, message: "Contact not found" } }));
  await state(page).getByRole("button", { name: "Open another id" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), "Open contact by id");
});

test("archived: says so, and offers a new agent", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Archive agent" }).click();
  await state(page, "#agent").getByRole("button", { name: "Duplicate as a new agent" }).click();
  await page.getByRole("heading", { name: "New agent" }).waitFor();
});

test("slow: reading an agent can be stopped and restarted, too", async (t) => {
  const world = await makeWorld();
  const { page } = await openClocked(t, world);
  await world.faults({ operation: "getAgent", type: "stall_headers", times: 1 });
  await page.locator("#agent-picker .pick").nth(1).click();
  await page.locator("#agent .loading").waitFor();
  await page.clock.runFor(5_000);
  await page.locator("#agent").getByRole("button", { name: "Stop" }).click();
  await page.locator("#agent").getByRole("button", { name: "Try again" }).click();
  await page.locator("#agent h2", { hasText: "Ravi" }).waitFor();
});

test("messages of the API and the package name fields by their labels", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const said = await page.evaluate(async () => {
    const { words } = await import("./app/states/explain.js");
    const api = (code, message) => words({ code, body: { message } });
    return [
      api("bad_request", "agent_id: Nora is not active (is_active is false)"),
      api("bad_request", "webhook_url is not a url"),
      api("permission", "organization_id: not in the scope of this key"),
      api("not_found", "recording not found"),
      api("bad_request", "The body is not valid JSON"),
      words({ code: "validation", operation: "updateAgent", field: "temperature", message: "updateAgent: temperature must be a number from 0 to 1, got 3" }),
      words({ code: "validation", field: "baseUrl", message: "baseUrl must be an http or https URL without credentials, query or fragment" }),
      words({ field: "name", message: "Give it a name." }),
    ];
  });
  assert.deepEqual(said, [
    "Agent: Nora is not active",
    "Webhook URL: enter a web address that starts with https://.",
    "Organization: not in the scope of this key",
    "recording not found",
    "The body is not valid JSON",
    "Temperature: enter a number from 0 to 1.",
    "Base URL: enter a web address that starts with https://, without a password, “?” or “#”.",
    "Give it a name.",
  ]);
});
