// The outbox: the rate limit, several tabs, other connections, and drafts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { callOften, untilSettled } from "./scenes/activity.mjs";
import { allSent, entry, holdSent, write } from "./scenes/conversation.mjs";
import { makeWorld, openContact, openPage, requests, stopClock } from "./support.mjs";

const writing = (page) => page.getByRole("textbox", { name: /^Message to/ });
const sentBy = async (world) => (await requests(world, "sendMessage")).map(({ body }) => body.content);
/** More than the page may send in a minute, and not too many for the sandbox. */
const ROOMY = { rate_limit: { requests: 1_000, per_ms: 60_000 } };
const MINUTE = 60;
const clocked = { before: (page) => page.clock.install() };

/** Uses all of the minute's requests except `left`. */
async function useUp(page, world, left = 0) {
  await stopClock(page);
  const calls = MINUTE - left;
  await callOften(page, "getAgent", [world.agents[0].id], calls);
  await untilSettled(page, calls);
}

test("at the rate limit, a message shows in how many seconds it is sent, and can be canceled", async (t) => {
  const world = await makeWorld(ROOMY);
  const { page, errors } = await openPage(t, world, clocked);
  await useUp(page, world);
  await write(page, "One");
  await write(page, "Two");
  const one = page.locator(".entry", { hasText: "One" });
  await page.clock.runFor(17_000);
  await one.getByText("Sends in 43 s").waitFor();
  await page.locator("#announcer", { hasText: /The rate limit is reached/ }).waitFor({ state: "attached" });
  await page.locator(".limit-wait", { hasText: "1 waiting, next in 43 s" }).waitFor();
  const two = page.locator(".entry", { hasText: "Two" });
  await two.getByText("Waiting for the previous message").waitFor();
  await two.getByRole("button", { name: "Cancel" }).click();
  await two.getByText("Not sent").waitFor();
  await one.getByRole("button", { name: "Cancel" }).click();
  await one.getByText("Not sent").waitFor();
  await one.getByText("You canceled it.").waitFor();
  assert.deepEqual(await sentBy(world), []);
  assert.deepEqual(errors, []);
});

test("a message queued at the rate limit is not sent after a reload, and says so", async (t) => {
  const world = await makeWorld(ROOMY);
  const { page } = await openPage(t, world, clocked);
  await useUp(page, world);
  await write(page, "See you at ten.");
  await page.getByText("Sends in 60 s").waitFor();
  await page.reload();
  await entry(page, "Not sent").getByText("See you at ten.").waitFor();
  assert.equal(await page.getByText("May have been delivered").count(), 0);
  assert.deepEqual(await sentBy(world), []);
});

test("a message queued at the rate limit is sent when the minute is over", async (t) => {
  const world = await makeWorld(ROOMY);
  const { page } = await openPage(t, world, clocked);
  await useUp(page, world);
  await write(page, "See you at ten.");
  await page.getByText("Sends in 60 s").waitFor();
  await page.clock.runFor(62_000);
  await allSent(page);
  assert.deepEqual(await sentBy(world), ["See you at ten."]);
});

test("a message rejected with 429 shows when it is retried, and can be canceled", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, clocked);
  await stopClock(page);
  const before = (await world.deliveries("sendMessage")).length;
  await world.faults({ operation: "sendMessage", type: "answer", status: 429, headers: { "retry-after": "30" }, times: 1 });
  await write(page, "One");
  await page.locator(".entry").getByText("Sends in 30 s").waitFor();
  await page.clock.runFor(10_000);
  await page.locator(".entry").getByText("Sends in 20 s").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await entry(page, "Not sent").waitFor();
  await page.clock.runFor(30_000);
  assert.equal((await world.deliveries("sendMessage")).length, before);
  await page.getByRole("button", { name: "Send again" }).click();
  await allSent(page);
  assert.equal((await world.deliveries("sendMessage")).length, before + 1);
});

test("background reads leave some of the minute's requests unused", async (t) => {
  const world = await makeWorld(ROOMY);
  const { page } = await openPage(t, world, clocked);
  await useUp(page, world, 4);
  await page.evaluate(async (id) => {
    const { call } = await import("./app/client.js");
    window.read = "waits";
    call("getContactMessages", [id], {}, { background: true }).then(() => { window.read = "read"; });
  }, world.contacts[0].id);
  await page.clock.runFor(1_000);
  await page.locator(".limit-wait", { hasText: "1 waiting" }).waitFor();
  await write(page, "Goes at once");
  await allSent(page);
  assert.deepEqual(await sentBy(world), ["Goes at once"]);
  assert.equal(await page.evaluate(() => window.read), "waits");
});

test("a duplicated tab does not send the original's messages", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const context = page.context();
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await context.route("**/send-message", async (route) => { await held; await route.continue(); });
  await write(page, "One");
  await write(page, "Two");
  await entry(page, "Sending…").waitFor();
  // A window opened by a page gets a copy of its session storage, like a duplicated tab.
  const [copy] = await Promise.all([context.waitForEvent("page"), page.evaluate(() => { window.open(location.href); })]);
  await copy.getByText("This tab is a copy.").waitFor();
  assert.equal(await copy.locator(".entry").count(), 0, "nothing to send again");
  await copy.locator(".elsewhere").getByRole("button", { name: "Close" }).click();
  await copy.getByText("This tab is a copy.").waitFor({ state: "detached" });
  await openContact(copy, world.contacts[1].id);
  await openContact(copy, world.contacts[0].id);
  assert.equal(await copy.getByText("This tab is a copy.").count(), 0, "it was read");
  letGo();
  await allSent(page);
  assert.deepEqual(await sentBy(world), ["One", "Two"]);
  // The copy has its own outbox, and keeps it.
  await context.unroute("**/send-message");
  await context.route("**/send-message", () => {});
  await write(copy, "Three");
  await entry(copy, "Sending…").waitFor();
  await copy.reload();
  await entry(copy, "May have been delivered").getByText("Three").waitFor();
  assert.equal(await page.locator(".entry").count(), 0);
});

test("a queued message is sent with the connection that it was written for, and no other", async (t) => {
  const [one, two] = await Promise.all([makeWorld(), makeWorld()]);
  const { page } = await openPage(t, one, { before: holdSent });
  await write(page, "One");
  await write(page, "Two");
  await writing(page).fill("Begun");
  const connect = async (baseUrl, key) => {
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await dialog.getByRole("radio", { name: "API", exact: true }).check();
    await dialog.getByLabel("Base URL").fill(baseUrl);
    await dialog.getByLabel("API key").fill(key);
    await dialog.getByRole("button", { name: "Connect" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".message").first().waitFor();
  };
  const api = new URL("functions/v1/crm-api", page.url()).href;
  await connect(api.replace("127.0.0.1", "localhost"), two.api_key);
  assert.equal(await page.locator(".entry").count(), 0);
  assert.equal(await writing(page).inputValue(), "");
  await page.unroute("**/send-message");
  await connect(api, one.api_key);
  await openContact(page, one.contacts[0].id);
  await entry(page, "Not sent").getByText("Two").waitFor();
  assert.equal(await writing(page).inputValue(), "Begun", "the draft is restored");
  assert.deepEqual([await sentBy(one), await sentBy(two)], [[], []]);
});

test("a draft survives a start of the page that fails at first", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  page.on("dialog", (dialog) => dialog.accept());
  await writing(page).fill("Half a sentence");
  await page.route("**/pkg/index.js", (route) => route.abort());
  await page.reload();
  await page.getByText("Package not found").waitFor();
  await page.unroute("**/pkg/index.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".message").first().waitFor();
  assert.equal(await writing(page).inputValue(), "Half a sentence");
});

test("a reload restores the draft of each contact", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const [first, second] = world.contacts;
  await writing(page).fill("Half a sentence");
  await openContact(page, second.id);
  await writing(page).fill("Another one");
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"], "closing the tab prompts first");
  await openContact(page, first.id);
  assert.equal(await writing(page).inputValue(), "Half a sentence");
  await openContact(page, second.id);
  assert.equal(await writing(page).inputValue(), "Another one");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await allSent(page);
  await openContact(page, first.id);
  await writing(page).fill("");
  await page.reload();
  await openContact(page, second.id);
  assert.equal(await writing(page).inputValue(), "");
  assert.equal(asked.length, 1, "nothing is lost, so there is no prompt");
});
