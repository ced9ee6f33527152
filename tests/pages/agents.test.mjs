// Agents: create, update, pause, duplicate, archive, and errors next to their fields.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asTheRealApi, control, field, makeWorld, openPage, picks, requests } from "./support.mjs";

const inAgent = (page, name) => page.locator("#agent").getByRole("button", { name, exact: true });
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

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
  assert.equal((await world.deliveries("createAgent")).length, 1);
  const [created] = await requests(world, "createAgent");
  assert.equal(created.body.organization_id, world.organization_id);
  assert.equal(created.body.temperature, 0.75);
  assert.equal(created.body.background_type, "office");
  assert.ok(!("webhook_url" in created.body), "fields that do not apply are not sent");

  await control(page, "name").fill("Sales Desk");
  await control(page, "max_duration").fill("20");
  await inAgent(page, "Save 2 changes…").click();
  await inAgent(page, "Send 2 changes").click();
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.locator("#agent h2", { hasText: "Sales Desk" }).waitFor();
  const [updated] = await requests(world, "updateAgent");
  assert.deepEqual(updated.body, { name: "Sales Desk", max_duration: 20 });

  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Keep agent" }).click();
  assert.equal((await requests(world, "archiveAgent")).length, 0, "nothing is sent before it is confirmed");
  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Archive agent" }).click();
  await page.getByText(/^Archived on /).waitFor();
  await page.getByText(/The API cannot restore it/).waitFor();
  await picks(page, "agent").filter({ hasText: "Sales Desk" }).getByText("Archived").waitFor();
  assert.equal(await control(page, "name").count(), 0, "an archived agent cannot be edited");
  assert.equal(await inAgent(page, "Pause").count(), 0, "nor paused");
  await page.locator("#agent .was div", { hasText: "Which sound" }).getByText("office").waitFor();
  assert.deepEqual(errors, []);
});

test("an error shows next to its field, and nothing is sent", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "webhook").check();
  await page.getByRole("button", { name: "Create agent" }).click();
  const message = field(page, "webhook_url").locator(".field-error");
  await message.waitFor();
  assert.equal(await message.textContent(), "Webhook URL: enter a value.");
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

test("turning a switch on also sends the fields that it requires", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const patches = await page.evaluate(async () => {
    const { updatePatch, createRequest } = await import("./app/agents/agent-fields.js");
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

test("unsaved changes are not lost without a confirmation", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const name = await control(page, "name").inputValue();
  await control(page, "name").fill("Something else");
  await picks(page, "agent").nth(1).click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await control(page, "name").inputValue(), "Something else");
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  assert.equal(await control(page, "name").inputValue(), name);
});

test("an unknown id shows that it was not found, with the API's answer", async (t) => {
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

test("the review shows what an update will send, follows the form, and leads back to it", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const was = await control(page, "name").inputValue();
  const duration = Number(await control(page, "max_duration").inputValue());
  await control(page, "name").fill("ليلى");
  await control(page, "background_noise").setChecked(false);
  await control(page, "background_noise").setChecked(true);
  await page.keyboard.press("Enter");
  const review = page.locator("#agent .review");
  const [changed] = await Promise.all([review.locator("li", { hasText: "name" }).first().textContent(), review.waitFor()]);
  assert.equal(changed.trim().replace(/\s+/g, " "), `name ${was} becomes → ليلى`);
  assert.ok(await isFocused(page.locator("#agent").getByRole("button", { name: /^Send/ })), "pressing Enter twice sends");
  assert.equal((await requests(world, "updateAgent")).length, 0, "nothing is sent yet");

  await page.keyboard.press("Escape");
  await review.waitFor({ state: "hidden" });
  assert.ok(await isFocused(page.locator("#agent").getByRole("button", { name: /^Save/ })));
  assert.equal(await control(page, "name").inputValue(), "ليلى", "going back keeps the changes");

  await page.keyboard.press("Enter");
  await control(page, "max_duration").fill(String(duration + 5));
  await review.locator("li", { hasText: "max_duration" }).getByText(String(duration + 5)).waitFor();
  await review.getByText("As JSON").click();
  const json = JSON.parse(await review.locator("pre").textContent());
  await page.locator("#agent").getByRole("button", { name: /^Send/ }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  const [sent] = await requests(world, "updateAgent");
  assert.deepEqual(sent.body, json, "the request is what was shown");
  assert.equal(sent.body.max_duration, duration + 5);
  assert.deepEqual(errors, []);
});

test("a double click on Save does not skip the review", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await control(page, "name").fill("Nora, evenings");
  await inAgent(page, "Save 1 change…").dblclick();
  await page.locator("#agent .review").waitFor();
  assert.equal((await requests(world, "updateAgent")).length, 0);
});

test("a rejected value shows its error next to the field, and the changes stay", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await control(page, "name").fill("Not lost");
  await control(page, "max_duration").fill("");
  await page.keyboard.press("Enter");
  await page.locator("#agent .review").getByText("not set").waitFor();
  await inAgent(page, "Send 2 changes").click();
  await field(page, "max_duration").locator(".field-error").getByText("Longest call: enter a number.").waitFor();
  assert.ok(await isFocused(control(page, "max_duration")));
  assert.ok(await page.locator("#agent .review").isHidden());
  assert.equal(await control(page, "name").inputValue(), "Not lost");
  assert.equal((await requests(world, "updateAgent")).length, 0);
});

test("pausing and resuming send is_active alone, and unsaved changes stay", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const first = picks(page, "agent").first();
  await control(page, "name").fill("Not saved yet");
  await inAgent(page, "Pause").click();
  await inAgent(page, "Resume").waitFor();
  await page.locator("#agent .badge", { hasText: "Paused" }).waitFor();
  await first.getByText("Paused").waitFor();
  assert.ok(await isFocused(inAgent(page, "Resume")), "the button keeps the focus");
  assert.equal(await control(page, "name").inputValue(), "Not saved yet");
  await inAgent(page, "Save 1 change…").waitFor();
  await inAgent(page, "Resume").click();
  await inAgent(page, "Pause").waitFor();
  await first.getByText("Live").waitFor();
  assert.deepEqual((await requests(world, "updateAgent")).map(({ body }) => body), [{ is_active: false }, { is_active: true }]);

  await inAgent(page, "Save 1 change…").click();
  await inAgent(page, "Send 1 change").click();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual((await requests(world, "updateAgent")).at(-1).body, { name: "Not saved yet" });
  assert.deepEqual(errors, []);
});

test("when pausing fails, the agent stays live and says why", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "updateAgent", type: "answer", status: 400, body: { error: true, message: "not today" }, times: 1 });
  await inAgent(page, "Pause").click();
  await page.locator("#agent [role=alert]", { hasText: "not today" }).waitFor();
  await inAgent(page, "Pause").waitFor();
  await page.locator("#agent .badge", { hasText: "Live" }).waitFor();
});

test("changes made elsewhere are merged, and edits made here stay", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const after = await page.evaluate(async () => {
    const { rebased } = await import("./app/agents/agent-fields.js");
    return rebased({ name: "A", language: "en", voice_id: "x" }, { name: "B", language: "de", voice_id: "x" },
      { name: "A", language: "fr", voice_id: "x" });
  });
  assert.deepEqual(after, { name: "B", language: "fr", voice_id: "x" });
});

test("a duplicate is filled in, and nothing is sent before it is created", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const name = await control(page, "name").inputValue();
  const voice = await control(page, "voice_id").inputValue();
  await control(page, "max_duration").fill("33");
  await inAgent(page, "Duplicate").click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await control(page, "max_duration").inputValue(), "33", "the form stays until the changes are discarded");
  await inAgent(page, "Discard").click();

  await inAgent(page, "Duplicate").click();
  await page.getByText("Nothing is sent until you create it").waitFor();
  assert.equal(await control(page, "name").inputValue(), `${name} copy`);
  assert.equal(await control(page, "voice_id").inputValue(), voice);
  assert.equal(await control(page, "organization_id").inputValue(), world.organization_id);
  assert.equal((await requests(world, "createAgent")).length, 0);
  await inAgent(page, "Cancel").click();
  await page.locator("#agent h2", { hasText: name }).waitFor();
  await inAgent(page, "Duplicate").click();
  await inAgent(page, "Create agent").click();
  await page.locator("#agent h2", { hasText: `${name} copy` }).waitFor();
  assert.equal((await requests(world, "createAgent")).length, 1);
  await page.getByRole("button", { name: "New agent" }).click();
  assert.equal(await control(page, "name").inputValue(), "", "the next new agent is empty again");
});

test("an agent whose answer was lost may exist: the page says so, and what to do", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await asTheRealApi(page);
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await world.faults({ operation: "createAgent", type: "cut_body", afterBytes: 20, times: 1 });
  await inAgent(page, "Create agent").click();
  const lost = page.locator("#agent .lost");
  await lost.getByText("“Sales Bot” may have been created").waitFor();
  await lost.getByText("The answer (status 201) could not be read.").waitFor();
  await lost.getByText(/If it is not there, create it again/).waitFor();
  await inAgent(page, "Create it again").waitFor();
  assert.equal(await control(page, "name").inputValue(), "Sales Bot");
  assert.equal((await world.deliveries("createAgent")).length, 1, "it was not sent again");

  await lost.getByRole("textbox", { name: "Open agent by id" }).fill(world.agents[1].id);
  await page.keyboard.press("Enter");
  await page.locator("#agent h2", { hasText: world.agents[1].name }).waitFor();
  assert.equal((await world.deliveries("createAgent")).length, 1);
  assert.deepEqual(errors, []);
});

test("a rejected address is explained in plain words, next to its field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "webhook").check();
  await control(page, "webhook_url").fill("example.com/hook");
  await page.getByRole("button", { name: "Create agent" }).click();
  await field(page, "webhook_url").getByText("Webhook URL: enter a web address that starts with https://.").waitFor();
  assert.ok(await isFocused(control(page, "webhook_url")));
});

test("the form of a new agent survives a reload, and is gone once it is discarded or created", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  page.on("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await control(page, "recording").uncheck();
  await page.reload();
  await inAgent(page, "Create agent").waitFor();
  assert.equal(await control(page, "name").inputValue(), "Sales Bot");
  assert.equal(await control(page, "recording").isChecked(), false);
  await inAgent(page, "Cancel").click();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await page.getByRole("button", { name: "New agent" }).click();
  assert.equal(await control(page, "name").inputValue(), "");
  await control(page, "name").fill("Evening desk");
  await page.reload();
  await inAgent(page, "Create agent").click();
  await page.locator("#agent h2", { hasText: "Evening desk" }).waitFor();
  await page.getByRole("button", { name: "New agent" }).click();
  assert.equal(await control(page, "name").inputValue(), "");
  assert.equal((await world.deliveries("createAgent")).length, 1);
  assert.deepEqual(errors, []);
});

test("a reload does not hide that a new agent may have been created", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  page.on("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  let asked;
  const isAsked = new Promise((resolve) => { asked = resolve; });
  await page.route("**/create-agent", async (route) => { await route.fetch(); asked(); });
  await inAgent(page, "Create agent").click();
  await isAsked;
  await page.reload();
  await page.locator("#agent .lost").getByText("“Sales Bot” may have been created").waitFor();
  await inAgent(page, "Create it again").waitFor();
  assert.equal((await world.deliveries("createAgent")).length, 1);
});

test("if the sandbox lists the agent whose answer was lost, the page links to it", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await world.faults({ operation: "createAgent", type: "cut_body", afterBytes: 20, times: 1 });
  await inAgent(page, "Create agent").click();
  await inAgent(page, "Open it").click();
  await page.locator("#agent h2", { hasText: "Sales Bot" }).waitFor();
});

test("archiving asks first, and says what it does and that unsaved changes are lost", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await control(page, "name").fill("Not saved");
  await inAgent(page, "Archive…").click();
  const dialog = page.getByRole("dialog");
  for (const text of [/takes no calls/, /API cannot restore it/, /pause it instead/, /Unsaved changes are lost/]) {
    await dialog.getByText(text).waitFor();
  }
  await dialog.getByRole("button", { name: "Keep agent" }).click();
  assert.equal(await control(page, "name").inputValue(), "Not saved");
});
