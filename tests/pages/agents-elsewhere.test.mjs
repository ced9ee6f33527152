// An agent that is changed or archived elsewhere while it is open here, and what counts as a change.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asTheRealApi, control, field, makeWorld, openPage, picks, requests } from "./support.mjs";

const inAgent = (page, name) => page.locator("#agent").getByRole("button", { name, exact: true });
const demo = process.env.CENTERFY_DEMO ?? process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787/";

/** Changes an agent as another client would. */
async function elsewhere(world, method, path, body) {
  const response = await fetch(new URL(`functions/v1/crm-api/${path}`, demo), {
    method, headers: { "x-api-key": world.api_key, "content-type": "application/json" }, body: JSON.stringify(body),
  });
  assert.equal(response.status, 200);
}
const change = (world, patch) => elsewhere(world, "PUT", `update-agent/${world.agents[0].id}`, patch);
const archive = (world) => elsewhere(world, "POST", "archive-agent", { agent_id: world.agents[0].id });
const updates = async (world) => (await requests(world, "updateAgent")).map(({ body }) => body);
const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
const note = (page) => page.locator("#agent .notice", { hasText: "Changed elsewhere" });

test("the review reads the agent again: fields changed elsewhere are named and compared by their new values", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await control(page, "voicemail_message").fill("Mine");
  await change(world, { voicemail_message: "Theirs", name: "Nora, evenings" });
  await inAgent(page, "Save 1 change…").click();
  await note(page).getByText("Changed elsewhere: Name, The message it leaves.").waitFor();
  await note(page).getByText("You also changed: The message it leaves.").waitFor();
  const row = page.locator("#agent .review li", { hasText: "voicemail_message" });
  assert.equal(await row.locator("del").textContent(), "Theirs");
  assert.equal(await row.locator("ins").textContent(), "Mine");
  assert.equal(await control(page, "name").inputValue(), "Nora, evenings");
  await inAgent(page, "Send 1 change").click();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual((await updates(world)).at(-1), { voicemail_message: "Mine" });
  assert.deepEqual(errors, []);
});

test("a field changed elsewhere while the review is open is not overwritten silently", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await control(page, "voicemail_message").fill("Mine");
  await inAgent(page, "Save 1 change…").click();
  await inAgent(page, "Send 1 change").waitFor();
  await change(world, { voicemail_message: "Theirs" });
  await inAgent(page, "Send 1 change").click();
  await note(page).waitFor();
  assert.deepEqual(await updates(world), [{ voicemail_message: "Theirs" }], "only the other client's");
  assert.equal(await page.locator("#agent .review del").textContent(), "Theirs");
  await inAgent(page, "Send 1 change").click();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual((await updates(world)).at(-1), { voicemail_message: "Mine" });
});

test("the same change elsewhere leaves nothing to save", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await control(page, "voicemail_message").fill("The same");
  await change(world, { voicemail_message: "The same" });
  await inAgent(page, "Save 1 change…").click();
  await note(page).waitFor();
  await page.locator("#agent button[type=submit]", { hasText: /^Save$/ }).waitFor();
  assert.ok(await page.locator("#agent button[type=submit]").isDisabled());
  assert.equal((await updates(world)).length, 1);
});

test("an agent that cannot be read again is not saved blindly", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await control(page, "name").fill("Mine");
  await world.faults({ operation: "getAgent", type: "answer", status: 401, body: { error: true, message: "Invalid API key" }, times: 1 });
  await inAgent(page, "Save 1 change…").click();
  await page.locator("#agent [role=alert]", { hasText: "Invalid API key" }).waitFor();
  assert.ok(await page.locator("#agent .review").isHidden());
  assert.equal(await control(page, "name").inputValue(), "Mine");
});

test("an agent that was archived elsewhere shows as archived, whichever request finds out", async (t) => {
  for (const act of [
    (page) => inAgent(page, "Save 1 change…").click(),
    (page) => inAgent(page, "Pause").click(),
    comeBack,
  ]) {
    const world = await makeWorld();
    const { page, errors } = await openPage(t, world);
    await control(page, "name").fill("Not saved");
    await archive(world);
    await act(page);
    await page.locator("#agent").getByText(/^Archived on /).waitFor();
    await page.locator("#agent").getByText("Your changes were not saved.").waitFor();
    await picks(page, "agent").first().getByText("Archived").waitFor();
    assert.equal(await inAgent(page, "Pause").count(), 0);
    await inAgent(page, "Duplicate as a new agent").click();
    assert.equal(await control(page, "name").inputValue(), "Not saved copy");
    assert.deepEqual(errors, []);
  }
});

test("an agent that is changed or archived in another tab is shown so at once", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await inAgent(tab, "Pause").click();
  await inAgent(tab, "Resume").waitFor();
  await inAgent(page, "Resume").waitFor();
  await picks(page, "agent").first().getByText("Paused").waitFor();
  await inAgent(tab, "Archive…").click();
  await tab.getByRole("button", { name: "Archive agent" }).click();
  await page.locator("#agent").getByText(/^Archived on /).waitFor();
  await picks(page, "agent").first().getByText("Archived").waitFor();
  assert.deepEqual(errors, []);
});

test("without lists, an agent that is archived in another tab is shown so at once, too", async (t) => {
  const world = await makeWorld();
  const [{ id }] = world.agents;
  const { page, errors } = await openPage(t, world, { ready: false, before: (page) => asTheRealApi(page.context()) });
  await page.getByLabel("Open agent by id").fill(id);
  await page.keyboard.press("Enter");
  await inAgent(page, "Pause").waitFor();
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await inAgent(tab, "Archive…").click();
  await tab.getByRole("button", { name: "Archive agent" }).click();
  await page.locator("#agent").getByText(/^Archived on /).waitFor();
  await picks(page, "agent").first().getByText("Archived").waitFor();
  assert.deepEqual(errors, []);
});

test("returning to the tab shows changes made elsewhere and keeps the edits made here", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await control(page, "max_duration").fill("33");
  await change(world, { name: "Nora, evenings" });
  await comeBack(page);
  await note(page).getByText("Changed elsewhere: Name.").waitFor();
  await page.locator("#agent h2", { hasText: "Nora, evenings" }).waitFor();
  await note(page).getByRole("button", { name: "Close" }).click();
  await note(page).waitFor({ state: "hidden" });
  await picks(page, "agent").first().getByText("Nora, evenings").waitFor();
  assert.equal(await control(page, "max_duration").inputValue(), "33");
  await inAgent(page, "Save 1 change…").waitFor();
  assert.deepEqual(errors, []);
});

test("only edits count as changes: line breaks and spaces from the API do not", async (t) => {
  const world = await makeWorld();
  await change(world, { voicemail_message: "Hello,\r\nthis is Nora.\r\n", name: "Nora " });
  const { page } = await openPage(t, world);
  const save = page.locator("#agent button[type=submit]");
  assert.equal(await save.textContent(), "Save");
  assert.ok(await save.isDisabled());
  await control(page, "voicemail_message").fill("Hello,\nthis is Nora!\n");
  await inAgent(page, "Save 1 change…").click();
  await inAgent(page, "Send 1 change").click();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual((await updates(world)).at(-1), { voicemail_message: "Hello,\r\nthis is Nora!\r\n" });
  assert.equal(await save.textContent(), "Save");
});

test("a discard can be undone", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const name = await control(page, "name").inputValue();
  await control(page, "name").fill("Something else");
  await inAgent(page, "Discard").click();
  assert.equal(await control(page, "name").inputValue(), name);
  await inAgent(page, "Undo").click();
  assert.equal(await control(page, "name").inputValue(), "Something else");
  await inAgent(page, "Save 1 change…").waitFor();
  await field(page, "name").and(page.locator(".is-changed")).waitFor();
});

test("unsaved changes are not lost without a confirmation: Cancel, Connect, closing the tab", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const keep = page.getByRole("button", { name: "Keep editing" });
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await inAgent(page, "Cancel").click();
  await keep.click();
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: "Connect" }).click();
  await keep.click();
  await settings.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await control(page, "name").inputValue(), "Sales Bot");
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await control(page, "name").inputValue(), "Sales Bot", "the form is restored");
  await inAgent(page, "Cancel").click();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await inAgent(page, "Pause").waitFor();
  await page.reload();
  assert.equal(asked.length, 1, "nothing is lost, so there is no prompt");
});
