// Calls: the confirmation, the outcome, the list, and a recording in each state.

import { HOST, recordingElsewhere } from "../recordings.mjs";
import { asTheRealApi, openContact } from "../support.mjs";

const callTo = (page) => page.getByRole("button", { name: "Call", exact: true }).click();
const start = (page) => page.getByRole("button", { name: "Start the call" }).click();
const dialog = (page) => page.getByRole("dialog");

async function openCalls(page, contactId) {
  await openContact(page, contactId);
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.locator(".calls > li").first().waitFor();
}

/** Plays the recording of the first call that has one, up to a third of it. */
async function playFirst(page, world, { drawn = true } = {}) {
  await openCalls(page, world.contacts[0].id);
  await page.getByRole("button", { name: /^Play recording/ }).first().click();
  const slider = page.getByRole("slider", { name: /^Place in the recording/ });
  await slider.waitFor();
  await page.waitForFunction(() => document.querySelector("audio").duration > 0);
  if (drawn) await page.getByText("Download", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Pause the recording/ }).click();
  await slider.press("Home");
  for (let press = 0; press < 3; press += 1) await slider.press("PageUp");
}

async function openById(page, world) {
  // An empty list opens the field by itself.
  await page.locator("#contact-picker").locator(".pick, .picker-empty").first().waitFor();
  const input = page.getByLabel("Open contact by id");
  if (!(await input.isVisible())) await page.locator("#contact-picker").getByRole("button", { name: "Open by id" }).click();
  await input.fill(world.contacts[0].id);
  await input.press("Enter");
  await page.locator("#conversation .composer").waitFor();
}

/** A call that was started where the API has no lists. */
async function startOnRealApi(page, world) {
  await openById(page, world);
  await callTo(page);
  const agent = page.getByLabel("Id of the agent that calls");
  await agent.fill(world.agents[0].id);
  for (const [label, value] of [["Organization", world.organization_id], ["Sub-account", world.sub_account_id]]) {
    await dialog(page).getByLabel(label, { exact: true }).fill(value);
  }
  await start(page);
}

const realApi = { before: asTheRealApi, ready: false };

export const scenes = [
  { name: "call-confirm", async show(page) { await callTo(page); await dialog(page).waitFor(); } },
  { name: "call-confirm-real", open: realApi, async show(page, world) { await openById(page, world); await callTo(page); await dialog(page).waitFor(); } },
  {
    name: "call-confirm-again",
    async show(page, world) {
      await openContact(page, world.contacts[4].id);
      await callTo(page);
      await dialog(page).getByText(/may still be in progress/).waitFor();
    },
  },
  { name: "call-started", async show(page) { await callTo(page); await start(page); await dialog(page).getByText(/is calling/).waitFor(); } },
  {
    name: "call-started-real", open: realApi,
    async show(page, world) {
      await startOnRealApi(page, world);
      await dialog(page).getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Add the call’s id" }).click();
    },
  },
  {
    name: "call-maybe-started",
    async show(page) {
      await page.route("**/make-ai-call/*", (route) => route.abort("connectionreset"));
      await callTo(page);
      await start(page);
      await dialog(page).getByText(/no new call/).waitFor();
    },
  },
  {
    name: "call-maybe-started-real", open: realApi,
    async show(page, world) {
      await page.route("**/make-ai-call/*", (route) => route.abort("connectionreset"));
      await startOnRealApi(page, world);
      await dialog(page).getByRole("alert").waitFor();
    },
  },
  { name: "calls-list", show: (page, world) => openCalls(page, world.contacts[0].id) },
  { name: "calls-running", show: (page, world) => openCalls(page, world.contacts[4].id) },
  { name: "calls-empty", show: (page, world) => openCalls(page, world.contacts[5].id) },
  { name: "recording-playing", async show(page, world) { await recordingElsewhere(page); await playFirst(page, world); } },
  { name: "recording-plain", async show(page, world) { await recordingElsewhere(page, { bytes: "refused", expires_in_seconds: null }); await playFirst(page, world, { drawn: false }); } },
  {
    name: "recording-pending",
    async show(page, world) {
      await recordingElsewhere(page);
      await page.route(`${HOST}/**`, () => { /* no answer comes */ });
      await openCalls(page, world.contacts[0].id);
      await page.getByRole("button", { name: /^Play recording/ }).first().click();
      await page.locator(".player-time", { hasText: "Loading…" }).waitFor();
    },
  },
  {
    name: "recording-expired",
    async show(page, world) {
      await recordingElsewhere(page, { bytes: "refused", expires_in_seconds: 3 });
      await playFirst(page, world, { drawn: false });
      await page.getByRole("button", { name: "Get a fresh link" }).waitFor();
    },
  },
  {
    name: "recording-not-ready",
    async show(page, world) {
      await page.route("**/get-call-recording/*", (route) => route.fulfill({ status: 404, json: { error: true, message: "Recording not found: this call has none yet" } }));
      await openCalls(page, world.contacts[0].id);
      await page.getByRole("button", { name: /^Play recording/ }).first().click();
      await page.getByText("No recording yet").first().waitFor();
    },
  },
  {
    name: "recording-refused",
    async show(page, world) {
      await recordingElsewhere(page, { recording_url: "javascript:alert(1)" });
      await openCalls(page, world.contacts[0].id);
      await page.getByRole("button", { name: /^Play recording/ }).first().click();
      await page.getByRole("button", { name: "Request it again" }).waitFor();
    },
  },
  {
    name: "recording-by-id",
    async show(page, world) {
      await recordingElsewhere(page, { recording_url: `${HOST}/by-id.wav` });
      await openCalls(page, world.contacts[5].id);
      await page.getByLabel("Recording by call id or call_sid").fill("5f1c6a52-0c6e-4f0b-9d3e-7a1f2b3c4d5e");
      await page.getByRole("button", { name: "Find recording" }).click();
      await page.getByText("Download", { exact: true }).waitFor();
    },
  },
  {
    name: "recording-by-id-not-found",
    async show(page, world) {
      await openCalls(page, world.contacts[5].id);
      await page.getByLabel("Recording by call id or call_sid").fill("no-such-call");
      await page.getByRole("button", { name: "Find recording" }).click();
      await page.locator(".open-call [role=alert]").waitFor();
    },
  },
];
