// Entities that the page remembers since the API has no lists: search, export, forget, and never the key.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { asTheRealApi, control, makeWorld, openPage, picks } from "./support.mjs";
import { metBefore } from "./scenes/known.mjs";

const REAL = { before: asTheRealApi, ready: false };
const AFTER_A_DAY = { before: async (page) => { await asTheRealApi(page); await metBefore(page); }, ready: false };

const dialog = (page) => page.getByRole("dialog", { name: "Known here" });
const search = (page) => page.getByRole("searchbox");
const titles = (page) => page.locator(".find-title").allTextContents();
const focused = (locator) => locator.evaluate((element) => element === document.activeElement);
const file = (value, name = "known.json") => ({ name, mimeType: "application/json", buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) });
const choose = (page, chosen) => page.locator("dialog input[type=file]").setInputFiles(chosen);
const kept = (page) => page.evaluate(() => Object.entries({ ...localStorage }).filter(([name]) => name.startsWith("centerfy-demo:known:"))
  .map(([name, value]) => ({ name, ...JSON.parse(value) })));

async function openKnown(page) {
  await page.getByRole("button", { name: "Find an agent, a contact or a call" }).click();
  await dialog(page).waitFor();
}

async function openById(page, kind, id) {
  await page.getByLabel(`Open ${kind} by id`).waitFor({ state: "attached" });
  const picker = page.locator(`#${kind}-picker`);
  if (!(await page.getByLabel(`Open ${kind} by id`).isVisible())) await picker.getByRole("button", { name: "Open by id" }).click();
  await page.getByLabel(`Open ${kind} by id`).fill(id);
  await page.keyboard.press("Enter");
  await picker.locator(`.pick[data-id="${id}"]`).waitFor();
}

async function download(page) {
  const [saved] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export" }).click()]);
  return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), "utf8") };
}

test("agents, contacts and calls that were opened are listed at the next visit, newest first, without the key", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world, REAL);
  await page.getByText("No conversation is open").waitFor();
  await openById(page, "contact", world.contacts[0].id);
  await openById(page, "contact", world.contacts[1].id);
  await openById(page, "agent", world.agents[0].id);
  const { call_sid, contact_id } = world.calls[0];
  await openById(page, "contact", contact_id);
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.getByLabel("Recording by call id or call_sid").fill(call_sid);
  await page.getByRole("button", { name: "Find recording" }).click();
  await page.locator(".call-row").waitFor();
  // An agent is created, paused and resumed.
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "organization_id").fill(world.organization_id);
  await control(page, "sub_account_id").fill(world.sub_account_id);
  await page.getByRole("button", { name: "Create agent" }).click();
  await page.locator("#agent h2", { hasText: "Sales Bot" }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();

  await page.reload();
  await picks(page, "agent").filter({ hasText: "Sales Bot" }).waitFor();
  // The most recent contact is open.
  await page.locator("#agent h2", { hasText: "Sales Bot" }).waitFor();
  await openKnown(page);
  const all = await titles(page);
  assert.ok(all.some((title) => title.startsWith("Call with")), all.join());
  assert.ok(all.includes("Maya Lindqvist"), all.join());

  const { name, text } = await download(page);
  assert.match(name, /^centerfy-127\.0\.0\.1-\d{4}-\d\d-\d\d\.json$/);
  const saved = JSON.parse(text);
  assert.equal(saved.version, 1);
  assert.match(saved.baseUrl, /\/functions\/v1\/crm-api$/);
  assert.equal(saved.agents.length, 2);
  assert.ok(saved.contacts[0].met && saved.calls[0].call_sid === call_sid);
  const storage = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!text.includes(world.api_key), "the file");
  assert.ok(!storage.includes(world.api_key), "localStorage");
  assert.ok(storage.includes("Sales Bot"), "something was kept");
  assert.deepEqual(errors, []);
});

test("the search finds all kinds, ignoring case, accents and the format of numbers", async (t) => {
  const { page } = await openPage(t, await makeWorld(), AFTER_A_DAY);
  await openKnown(page);
  await page.getByRole("status").getByText("8 entries, most recent first").waitFor();
  assert.ok(await focused(search(page)), "typing works at once");
  const finds = async (query, wanted) => {
    await search(page).fill(query);
    const said = wanted.length === 0 ? "Nothing found" : `${wanted.length} found`;
    await page.getByRole("status").getByText(said, { exact: true }).waitFor();
    assert.deepEqual(await titles(page), wanted, query);
  };
  await finds("ELODIE", ["Élodie Lindström"]);
  await finds("lindstrom", ["Élodie Lindström"]);
  await finds("linea", ["Lucía, línea en español"]);
  await finds("ليلى", ["ليلى منصور"]);
  await finds("(207) 555-01", ["Maya Lindqvist", "Tom Becker", "+12075550199"]);
  await finds("layla@example", ["ليلى منصور"]);
  await finds("contact-3", ["Tom Becker"]);
  await finds("ca10fe54", ["Call with Maya Lindqvist"]);
  await finds("lind maya", ["Maya Lindqvist", "Call with Maya Lindqvist"]);
  await finds("nobody", []);
});

test("find and open by keyboard only: Ctrl K, arrow keys, Enter", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.keyboard.press("Control+k");
  await dialog(page).waitFor();
  await page.keyboard.type("vasquez");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "detached" });
  await page.locator("#conversation h2", { hasText: world.contacts.find(({ name }) => name?.includes("Vásquez")).name }).waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("a");
  const rows = page.locator(".find-row");
  await page.keyboard.press("ArrowDown");
  assert.ok(await focused(rows.nth(0)));
  await page.keyboard.press("ArrowDown");
  assert.ok(await focused(rows.nth(1)));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.ok(await focused(search(page)), "the field is above the first row");
});

test("a call opens its contact's calls; a new id opens as an agent or a contact", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const call = world.calls.find(({ contact_id }) => contact_id !== world.contacts[0].id);
  await openKnown(page);
  await search(page).fill(call.call_sid);
  await page.keyboard.press("Enter");
  await page.locator("#contact-picker .pick[aria-current]", { hasText: world.contacts.find(({ id }) => id === call.contact_id).name }).waitFor();
  await page.locator(".call-row").first().waitFor();
  assert.equal(await page.getByRole("tab", { name: "Calls" }).getAttribute("aria-selected"), "true");

  await openKnown(page);
  await search(page).fill("never-seen");
  await page.getByRole("button", { name: "As a contact" }).click();
  await page.locator("#conversation [role=alert]", { hasText: "not_found" }).waitFor();
});

test("one entry is forgotten, and restored", async (t) => {
  const { page } = await openPage(t, await makeWorld(), AFTER_A_DAY);
  await openKnown(page);
  await page.getByRole("button", { name: "Forget Tom Becker" }).click();
  await page.getByRole("status").getByText("7 entries, most recent first").waitFor();
  assert.ok(await focused(page.getByRole("button", { name: "Undo" })));
  assert.ok(!JSON.stringify(await kept(page)).includes("Tom Becker"));
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("8 entries, most recent first").waitFor();
  assert.ok(JSON.stringify(await kept(page)).includes("Tom Becker"));
});

test("all entries of this connection are forgotten after a confirmation, those of others stay", async (t) => {
  const before = async (page) => {
    await AFTER_A_DAY.before(page);
    await page.addInitScript(() => localStorage.setItem("centerfy-demo:known:https://elsewhere.example/api", '{"agents":[{"id":"x"}]}'));
  };
  const { page } = await openPage(t, await makeWorld(), { before, ready: false });
  await openKnown(page);
  await page.getByRole("button", { name: "Forget all…" }).click();
  await page.getByRole("button", { name: "Keep them" }).click();
  await page.getByRole("status").getByText("8 entries, most recent first").waitFor();
  await page.getByRole("button", { name: "Forget all…" }).click();
  await page.getByRole("button", { name: "Forget all", exact: true }).click();
  await page.getByText("All entries of this connection are forgotten.").waitFor();
  await page.getByText("Nothing is known here yet").waitFor();
  assert.deepEqual((await kept(page)).map(({ name }) => name), ["centerfy-demo:known:https://elsewhere.example/api"]);
});

test("an imported file is merged, the most recent entry wins; importing it twice adds nothing", async (t) => {
  const { page } = await openPage(t, await makeWorld(), AFTER_A_DAY);
  await openKnown(page);
  const saved = JSON.parse((await download(page)).text);
  const later = new Date().toISOString();
  const long = "2020-01-01T00:00:00.000Z";
  saved.contacts = [
    { id: "contact-3", name: "Tomas Becker", met: later },
    { id: "contact-1", name: "An old name", met: long },
    { id: "contact-new", name: "Zoë", met: long },
  ];
  await choose(page, file(saved));
  await page.getByText("Imported: 1 new, 1 updated.").waitFor();
  await page.getByRole("status").getByText("9 entries, most recent first").waitFor();
  const [{ contacts }] = await kept(page);
  const named = Object.fromEntries(contacts.map((entry) => [entry.id, entry]));
  assert.equal(named["contact-3"].name, "Tomas Becker");
  assert.equal(named["contact-3"].phone, "+12075550145", "fields missing from the file stay");
  assert.equal(named["contact-1"].name, "Élodie Lindström");
  assert.equal(named["contact-new"].name, "Zoë");
  await choose(page, file(saved));
  await page.getByText("The file has nothing new.").waitFor();
});

test("an invalid file shows one line that says what is wrong, and changes nothing", async (t) => {
  const { page } = await openPage(t, await makeWorld(), AFTER_A_DAY);
  await openKnown(page);
  const good = JSON.parse((await download(page)).text);
  const before = JSON.stringify(await kept(page));
  for (const [wrong, says] of [
    ["{", /not an export/],
    [{ contacts: [] }, /not an export/],
    ["null", /not an export/],
    [{ ...good, version: 2 }, /version 2, this page reads version 1/],
    [{ ...good, baseUrl: 7 }, /not an export/],
    [{ ...good, contacts: {} }, /not an export/],
    [{ ...good, contacts: [{ id: "new-one" }, { name: "No id" }] }, /Entry 2 of “contacts” has no valid “id”/],
    [{ ...good, agents: [], contacts: [], calls: [] }, /no agent, contact or call/],
  ]) {
    await choose(page, file(wrong));
    await page.locator("dialog [role=alert]").getByText(says).waitFor();
    assert.equal(await page.locator("dialog [role=alert]").count(), 1);
    assert.equal(JSON.stringify(await kept(page)), before, String(says));
  }
});

test("a file of another connection asks first", async (t) => {
  const { page } = await openPage(t, await makeWorld(), AFTER_A_DAY);
  await openKnown(page);
  const saved = JSON.parse((await download(page)).text);
  const other = { ...saved, organizationId: "org-2", contacts: [{ id: "from-elsewhere", name: "Zoë" }] };
  await choose(page, file(other));
  const question = page.getByRole("dialog", { name: "This file belongs to another connection" });
  await question.getByText("organization org-2").waitFor();
  await question.getByRole("button", { name: "Cancel" }).click();
  assert.ok(!JSON.stringify(await kept(page)).includes("from-elsewhere"));
  await choose(page, file(other));
  await question.getByRole("button", { name: "Import anyway" }).click();
  await page.getByText("Imported: 1 new").waitFor();
  assert.ok(JSON.stringify(await kept(page)).includes("from-elsewhere"));
});

test("two tabs do not overwrite each other's entries, and see each other's changes", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, REAL);
  const other = await page.context().newPage();
  await asTheRealApi(other);
  await other.goto(page.url());
  await openById(page, "contact", world.contacts[0].id);
  await other.locator(`#contact-picker .pick[data-id="${world.contacts[0].id}"]`).waitFor();
  await openById(other, "contact", world.contacts[1].id);
  await openById(page, "agent", world.agents[0].id);
  const [{ contacts, agents }] = await kept(page);
  assert.equal(contacts.length, 2);
  assert.equal(agents.length, 1);
  await openKnown(other);
  await other.getByRole("button", { name: `Forget ${world.contacts[0].name}` }).click();
  await page.locator(`#contact-picker .pick[data-id="${world.contacts[0].id}"]`).waitFor({ state: "detached" });
});

test("each organization has its own entries", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, AFTER_A_DAY);
  await picks(page, "contact").first().waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByLabel("API", { exact: true }).check();
  await settings.getByLabel("Base URL").fill(new URL("functions/v1/crm-api", page.url()).href);
  await settings.getByLabel("API key").fill(world.api_key);
  await settings.getByLabel("Organization id").fill(world.organization_id);
  await settings.getByRole("button", { name: "Connect" }).click();
  await settings.waitFor({ state: "detached" });
  await page.getByText("No contact is known here yet").waitFor();
  await openById(page, "contact", world.contacts[0].id);
  const [first, second] = (await kept(page)).sort((a, b) => a.name.length - b.name.length);
  assert.equal(first.contacts.length, 5);
  assert.deepEqual(second.contacts.map(({ id }) => id), [world.contacts[0].id]);
});

test("the page works in a browser without storage, and says so", async (t) => {
  const world = await makeWorld();
  const before = async (page) => {
    await asTheRealApi(page);
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } }));
  };
  const { page, errors } = await openPage(t, world, { before, ready: false });
  await page.locator("#contact-picker").getByText(/stores nothing for this page/).waitFor();
  await openById(page, "contact", world.contacts[0].id);
  await openById(page, "contact", world.contacts[1].id);
  await openKnown(page);
  await dialog(page).getByText(/storage is off or full/).waitFor();
  assert.equal((await titles(page)).length, 2);
  assert.equal(JSON.parse((await download(page)).text).contacts.length, 2, "entries can still be exported");
  assert.deepEqual(errors, []);
});

test("stored entries are limited, the oldest are dropped first, and one invalid entry does not lose the rest", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const found = await page.evaluate(async () => {
    const { MOST_ENTRIES, bounded, clean, cleanAll, merged } = await import("./app/known/known-entries.js");
    const at = (n) => new Date(1_600_000_000_000 + n * 1000).toISOString();
    const many = Array.from({ length: MOST_ENTRIES + 5 }, (_, n) => ({ id: `c${n}`, met: at(n) }));
    const left = new Set(bounded(many).map(({ id }) => id));
    return {
      left: left.size,
      gone: many.filter(({ id }) => !left.has(id)).map(({ id }) => id),
      rest: cleanAll({ contacts: [null, 7, "x", [], { id: 1 }, { id: "" }, { id: "good", name: "A", deep: { a: 1 } }], agents: "no", calls: [{ id: "x" }, { call_id: "y" }] }),
      future: clean("agents", { id: "a", met: "9999-01-01" }).met <= new Date().toISOString(),
      noDate: clean("agents", { id: "a", met: "yesterday" }),
      merged: merged("agents", [{ id: "a", name: "old", is_active: true, met: at(1) }], [{ id: "a", name: "new", met: at(2) }]),
    };
  });
  assert.deepEqual(found, {
    left: 2000, gone: ["c0", "c1", "c2", "c3", "c4"],
    rest: { agents: [], contacts: [{ id: "good", name: "A" }], calls: [{ call_id: "y" }] },
    future: true, noDate: { id: "a" },
    merged: [{ id: "a", name: "new", is_active: true, met: found.merged[0].met }],
  });
});

test("with many entries, the lists stay short and link to the search", async (t) => {
  const people = Array.from({ length: 300 }, (_, n) => [`Person ${n}`, "", ""]);
  const before = async (page) => { await asTheRealApi(page); await metBefore(page, { people }); };
  const { page } = await openPage(t, await makeWorld(), { before, ready: false });
  await page.getByRole("button", { name: "240 more: find…" }).click();
  await dialog(page).waitFor();
  await search(page).fill("person");
  await page.getByRole("status").getByText("301 found, the newest 100 shown").waitFor();
  await search(page).fill("person 299");
  await page.getByRole("status").getByText("1 found", { exact: true }).waitFor();
});
