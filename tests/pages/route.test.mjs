// The open contact and agent in the page's address and title: reload, Back and Forward, a bookmark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asTheRealApi, control, makeWorld, openContact, openPage, picks } from "./support.mjs";

const heading = (page, name) => page.locator("#conversation h2", { hasText: name }).waitFor();
const current = (page, list) => page.locator(`#${list}-picker .pick[aria-current]`).getAttribute("data-id");
const titled = (page, ...words) => page.waitForFunction((all) => all.every((word) => document.title.includes(word)), words);

test("a reload opens the contact and the agent that were open, and the title names both", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await titled(page, world.contacts[0].name, world.agents[0].name);
  await openContact(page, world.contacts[2].id);
  await picks(page, "agent").nth(1).click();
  await titled(page, world.contacts[2].name, world.agents[1].name);
  const url = new URL(page.url());
  assert.equal(url.search, "", "the ids are not sent to a server");
  assert.ok(url.hash.includes(world.contacts[2].id) && url.hash.includes(world.agents[1].id));
  await page.reload();
  await heading(page, world.contacts[2].name);
  assert.equal(await current(page, "contact"), world.contacts[2].id);
  assert.equal(await current(page, "agent"), world.agents[1].id);
  assert.deepEqual(errors, []);
});

test("a bookmark and a second tab open the contact that the address names", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openContact(page, world.contacts[3].id);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await heading(second, world.contacts[3].name);
  // A person edits the address in an open tab.
  await second.evaluate((id) => { location.hash = `contact=${id}`; }, world.contacts[1].id);
  await heading(second, world.contacts[1].name);
  await titled(second, world.contacts[1].name);
});

test("Back and Forward step through the contacts and agents that were open", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openContact(page, world.contacts[1].id);
  await picks(page, "agent").nth(1).click();
  await page.locator("#agent h2", { hasText: world.agents[1].name }).waitFor();
  await openContact(page, world.contacts[2].id);
  await page.goBack();
  await heading(page, world.contacts[1].name);
  assert.equal(await current(page, "agent"), world.agents[1].id);
  await page.goBack();
  await page.locator("#agent h2", { hasText: world.agents[0].name }).waitFor();
  await page.goBack();
  await heading(page, world.contacts[0].name);
  await page.goForward();
  await heading(page, world.contacts[1].name);
  await titled(page, world.contacts[1].name, world.agents[0].name);
});

test("in a narrow window Back shows the part of the page that was shown", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { width: 360, height: 740 });
  await openContact(page, world.contacts[1].id);
  await page.locator('.views [data-view="agent"]').click();
  await picks(page, "agent").nth(1).click();
  await page.locator("#agent h2", { hasText: world.agents[1].name }).waitFor();
  await page.goBack();
  await page.locator("#conversation h2").waitFor({ state: "visible" });
  await heading(page, world.contacts[1].name);
});

test("Back to another agent asks before unsaved changes are lost", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await picks(page, "agent").nth(1).click();
  await page.locator("#agent h2", { hasText: world.agents[1].name }).waitFor();
  await control(page, "name").fill("Changed");
  await page.goBack();
  await page.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await control(page, "name").inputValue(), "Changed");
  assert.ok(page.url().includes(world.agents[1].id), "the address names what is shown");
  await page.goBack();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await page.locator("#agent h2", { hasText: world.agents[0].name }).waitFor();
});

test("the ids in an address of another connection are never sent", async (t) => {
  const world = await makeWorld();
  const other = await makeWorld();
  const { page } = await openPage(t, world, { before: asTheRealApi, ready: false });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.evaluate((id) => { location.hash = `contact=${id}`; }, world.contacts[0].id);
  await heading(page, world.contacts[0].name);
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "API", exact: true }).check();
  await dialog.getByLabel("Base URL").fill(new URL("functions/v1/crm-api", page.url()).href);
  await dialog.getByLabel("API key").fill(other.api_key);
  await dialog.getByLabel("Organization id").fill("another");
  asked.length = 0;
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator("#conversation", { hasText: "No conversation is open" }).waitFor();
  await page.goBack();
  assert.deepEqual(asked.filter((url) => url.includes(world.contacts[0].id)), []);
});

test("the skip link does not change the address", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const before = page.url();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#conversation").evaluate((element) => element === document.activeElement));
  assert.equal(page.url(), before);
});
