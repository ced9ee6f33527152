// Agents on the page: create, change, archive, and errors at their fields.

import assert from "node:assert/strict";
import { test } from "node:test";
import { control, field, makeWorld, openPage, picks, requests } from "./support.mjs";

test("an agent is created, changed and archived", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);

  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "temperature").fill("0.75");
  await control(page, "background_noise").check();
  await control(page, "background_type").fill("office");
  await page.getByRole("button", { name: "Create agent" }).click();
  await page.locator("#agent h2", { hasText: "Sales Bot" }).waitFor();
  await picks(page, "agent").filter({ hasText: "Sales Bot" }).waitFor();
  assert.equal((await world.deliveries()).agents_created, 1);
  const [created] = await requests(world, "createAgent");
  assert.equal(created.body.organization_id, world.organization_id);
  assert.equal(created.body.temperature, 0.75);
  assert.equal(created.body.background_type, "office");
  assert.ok(!("webhook_url" in created.body), "fields that do not apply are not sent");

  await control(page, "name").fill("Sales Desk");
  await control(page, "max_duration").fill("20");
  await page.getByRole("button", { name: "Save 2 changes" }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.locator("#agent h2", { hasText: "Sales Desk" }).waitFor();
  const [updated] = await requests(world, "updateAgent");
  assert.deepEqual(updated.body, { name: "Sales Desk", max_duration: 20 });

  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Keep agent" }).click();
  assert.equal((await requests(world, "archiveAgent")).length, 0, "nothing happens before it is confirmed");
  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Archive agent" }).click();
  await page.getByText(/^Archived on .*cannot restore it/).waitFor();
  await picks(page, "agent").filter({ hasText: "Sales Desk" }).getByText("Archived").waitFor();
  assert.ok(await control(page, "name").isDisabled(), "an archived agent cannot be edited");
  assert.deepEqual(errors, []);
});

test("an error shows at its field, and nothing is sent", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "webhook").check();
  await page.getByRole("button", { name: "Create agent" }).click();
  const message = field(page, "webhook_url").locator(".field-error");
  await message.waitFor();
  assert.match(await message.textContent(), /webhook_url/);
  const input = control(page, "webhook_url");
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  assert.ok(await input.evaluate((element) => element === document.activeElement), "the field has the focus");
  assert.ok((await input.getAttribute("aria-describedby")).includes(await message.getAttribute("id")));
  assert.equal((await requests(world, "createAgent")).length, 0);

  await input.fill("https://example.com/hook");
  await message.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Create agent" }).click();
  await page.locator("#agent h2", { hasText: "Sales Bot" }).waitFor();
});

test("a switch that is turned on takes along what it requires", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const patches = await page.evaluate(async () => {
    const { updatePatch, createRequest } = await import("./app/agent-fields.js");
    const agent = { name: "A", background_noise: false, background_type: "office", voicemail_detection: false,
      voicemail_type: "leave_message", voicemail_message: "Hi", webhook: false };
    const with_ = (changes) => updatePatch(agent, { ...agent, webhook_url: "", ...changes });
    return {
      nothing: with_({}),
      noise: with_({ background_noise: true }),
      voicemail: with_({ voicemail_detection: true }),
      empty: with_({ webhook: true }),
      create: createRequest({ name: "A", webhook: false, webhook_url: "x", max_duration: null }),
    };
  });
  assert.deepEqual(patches, {
    nothing: {},
    noise: { background_noise: true, background_type: "office" },
    voicemail: { voicemail_detection: true, voicemail_type: "leave_message", voicemail_message: "Hi" },
    empty: { webhook: true, webhook_url: "" },
    create: { name: "A", webhook: false },
  });
});

test("conditional fields show when their condition holds", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "New agent" }).click();
  assert.ok(await field(page, "voicemail_type").isHidden());
  await control(page, "voicemail_detection").check();
  assert.ok(await field(page, "voicemail_message").isVisible());
  await control(page, "voicemail_type").selectOption("hangup");
  assert.ok(await field(page, "voicemail_message").isHidden());
  await control(page, "voicemail_detection").uncheck();
  assert.ok(await field(page, "voicemail_type").isHidden());
});

test("unsaved changes are not lost without a question", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const name = await control(page, "name").inputValue();
  await control(page, "name").fill("Something else");
  await picks(page, "agent").nth(1).click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await control(page, "name").inputValue(), "Something else");
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  assert.equal(await control(page, "name").inputValue(), name);
});

test("an id that does not exist says so, with what the API answered", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const picker = page.locator("#agent-picker");
  await picker.getByRole("button", { name: "Open by id" }).click();
  await picker.getByPlaceholder("Paste an id").fill("no such/agent");
  await page.keyboard.press("Enter");
  const alert = page.locator("#agent [role=alert]");
  await alert.waitFor();
  assert.match(await alert.textContent(), /not_found/);
  assert.match(await alert.textContent(), /404/);
});
