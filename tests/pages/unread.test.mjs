// New messages of other contacts: marked in the list, counted in the title, checked slowly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asTheRealApi, makeWorld, openContact, openPage, picks } from "./support.mjs";

const PAUSE = 20_000;
const pick = (page, contact) => page.locator(`#contact-picker .pick[data-id="${contact.id}"]`);
const mark = (page, contact) => pick(page, contact).getByText("New", { exact: true });
const clocked = { before: (page) => (watch(page), page.clock.install()) };
const isLook = (request) => /get-contact-messages.*limit=5$/.test(request.url());

/** The requests of each page: those in flight, and how many looks at other contacts have ended. */
const traffic = new WeakMap();
function watch(page) {
  const counts = { inFlight: 0, looks: 0 };
  traffic.set(page, counts);
  page.on("request", () => { counts.inFlight += 1; });
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => {
      counts.inFlight -= 1;
      if (isLook(request)) counts.looks += 1;
    });
  }
}

/** Moves the clock of the page. A request that is in flight meanwhile would time out, so it ends first. */
async function pass(page, ms = PAUSE) {
  const counts = traffic.get(page);
  const settled = async () => {
    while (counts.inFlight > 0) await page.evaluate(() => {});
  };
  await settled();
  await page.clock.runFor(ms);
  await settled();
}

/** Lets the page check each of the other contacts once. */
async function lookAround(page, contacts) {
  const counts = traffic.get(page);
  const enough = counts.looks + contacts.length - 1;
  for (let rounds = 0; counts.looks < enough; rounds += 1) {
    assert.ok(rounds < 60, `${counts.looks} looks`);
    await pass(page);
  }
}

test("a contact with new messages is marked, counted in the title, announced, and unmarked when opened", async (t) => {
  const world = await makeWorld();
  const [, second, third] = world.contacts;
  const { page, errors } = await openPage(t, world, clocked);
  await lookAround(page, world.contacts);
  assert.equal(await page.locator(".pick-mark").count(), 0, "earlier messages are not new");
  await world.receive({ contact_id: second.id, content: "Are you open on Sunday?" });
  await world.receive({ contact_id: third.id, content: "Hello?" });
  await lookAround(page, world.contacts);
  await mark(page, second).waitFor();
  await mark(page, third).waitFor();
  assert.match(await page.title(), /^\(2\) Maya Lindqvist/);
  await page.reload();
  await mark(page, second).waitFor();
  assert.match(await page.title(), /^\(2\) /, "a reload keeps the marks");
  await openContact(page, second.id);
  await mark(page, second).waitFor({ state: "detached" });
  assert.match(await page.title(), /^\(1\) /);
  await openContact(page, third.id);
  await page.waitForFunction(() => !document.title.startsWith("("));
  assert.deepEqual(errors, []);
});

test("a mark stays when the connection is entered again", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, clocked);
  const enter = async () => {
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await dialog.getByLabel("API key").fill(world.api_key);
    await dialog.getByRole("button", { name: "Connect" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".message").first().waitFor();
  };
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("dialog").getByRole("radio", { name: "API", exact: true }).check();
  await page.getByLabel("Base URL").fill(new URL("functions/v1/crm-api", page.url()).href);
  await enter();
  await lookAround(page, world.contacts);
  await world.receive({ contact_id: world.contacts[1].id, content: "Are you open on Sunday?" });
  await lookAround(page, world.contacts);
  await mark(page, world.contacts[1]).waitFor();
  // The init script would enter the sandbox's key.
  await page.context().addInitScript(() => sessionStorage.removeItem("centerfy-demo:key"));
  await page.reload();
  await page.locator("#conversation").getByRole("button", { name: "Open settings" }).click();
  await enter();
  await mark(page, world.contacts[1]).waitFor();
});

test("checks are slow, show in the activity panel, and leave the rate limit to the person", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, clocked);
  await page.getByRole("button", { name: "Show what was sent" }).click();
  let looks = 0;
  page.on("request", (request) => { if (isLook(request)) looks += 1; });
  const rows = page.locator(".wire-table tr", { hasText: "getContactMessages" });
  const before = await rows.count();
  for (let step = 0; step < 6; step += 1) await pass(page, PAUSE / 2);
  await page.waitForFunction((least) => document.querySelectorAll(".wire-table tbody tr").length >= least, before + 3);
  assert.equal(looks, 3, "three in a minute");
  // A person used half of the minute's requests.
  await page.evaluate(async () => {
    const { call } = await import("./app/client.js");
    const { store } = await import("./app/store.js");
    await Promise.all(Array.from({ length: 30 }, () => call("getAgent", [store.get("agentId")])));
  });
  looks = 0;
  for (let turn = 0; turn < 2; turn += 1) await pass(page);
  assert.equal(looks, 0, "half of the requests are used");
  for (let turn = 0; turn < 3; turn += 1) await pass(page);
  assert.ok(looks > 0, "checks continue later");
  await page.getByRole("button", { name: "Live updates" }).click();
  looks = 0;
  await pass(page, 2 * PAUSE);
  assert.equal(looks, 0, "pausing live updates pauses the checks");
});

test("an agent's reply does not hide the contact's message; our own messages do not count as new", async (t) => {
  const world = await makeWorld();
  const [, second, third] = world.contacts;
  const { page } = await openPage(t, world, { before: async (page) => {
    await clocked.before(page);
    const added = { [second.id]: ["contact", "agent"], [third.id]: ["agent"] };
    await page.route("**/get-contact-messages/**", async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      const id = Object.keys(added).find((other) => route.request().url().includes(other));
      const at = Date.now();
      const more = id && (await page.evaluate(() => window.wrote)) ? added[id].map((sender_type, index) => ({ ...answer.messages[0], id: `new_${index}`, sender_type, timestamp: new Date(at + index).toISOString() })).reverse() : [];
      await route.fulfill({ response, json: { ...answer, messages: [...more, ...answer.messages] } });
    });
  } });
  await lookAround(page, world.contacts);
  await page.evaluate(() => { window.wrote = true; });
  await lookAround(page, world.contacts);
  await mark(page, second).waitFor();
  assert.equal(await mark(page, third).count(), 0);
});

test("failing checks back off, and forgetting all entries forgets what was seen", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { ready: false, before: async (page) => {
    watch(page);
    await page.clock.install();
    await asTheRealApi(page);
  } });
  const ids = world.contacts.slice(0, 3).map(({ id }) => id);
  for (const id of ids) {
    if (!(await page.locator("#contact-picker .open-id input").isVisible())) await page.locator("#contact-picker .by-id").click();
    await page.locator("#contact-picker .open-id input").fill(id);
    await page.keyboard.press("Enter");
    await pick(page, { id }).waitFor();
    await page.locator("#conversation .composer").waitFor();
  }
  const kept = () => page.evaluate(() => Object.entries({ ...localStorage }).filter(([name]) => name.startsWith("centerfy-demo:seen:")).map(([, value]) => value).join());
  assert.ok((await kept()).includes(ids[0]));
  let asked = 0;
  await page.route(/get-contact-messages.*limit=5$/, (route) => { asked += 1; return route.abort("connectionreset"); });
  for (let turn = 0; turn < 12; turn += 1) await pass(page);
  assert.ok(asked >= 2 && asked <= 4, `${asked} looks in four minutes`);
  await page.keyboard.press("Control+k");
  await page.getByRole("button", { name: "Forget all…" }).click();
  await page.getByRole("button", { name: "Forget all", exact: true }).click();
  await picks(page, "contact").first().waitFor({ state: "detached" });
  await page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith("centerfy-demo:seen:")));
});

test("without the key no contact is checked", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { ready: false, before: async (page) => {
    await page.clock.install();
    await asTheRealApi(page);
    await page.addInitScript(([id]) => {
      sessionStorage.removeItem("centerfy-demo:key");
      const baseUrl = new URL("functions/v1/crm-api", document.baseURI).href;
      localStorage.setItem("centerfy-demo:connection", JSON.stringify({ kind: "api", baseUrl }));
      localStorage.setItem(`centerfy-demo:known:${baseUrl}`, JSON.stringify({ contacts: [{ contact_id: id, id, name: "Maya" }], agents: [], calls: [] }));
    }, [world.contacts[0].id]);
  } });
  await page.locator("#conversation").getByRole("button", { name: "Open settings" }).waitFor();
  await picks(page, "contact").first().waitFor();
  let sent = 0;
  page.on("request", () => { sent += 1; });
  for (let turn = 0; turn < 3; turn += 1) await page.clock.runFor(PAUSE);
  assert.equal(sent, 0);
});
