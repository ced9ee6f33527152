// Calls on the page: one after a question, and recordings that play.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorld, openContact, openPage } from "./support.mjs";

test("a call starts after a question, once", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const before = (await world.deliveries()).calls.length;
  await page.getByRole("button", { name: "Call", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Call / });
  await dialog.getByRole("button", { name: "Do not call" }).click();
  assert.equal((await world.deliveries()).calls.length, before);

  await page.getByRole("button", { name: "Call", exact: true }).click();
  await dialog.getByLabel("Agent").selectOption(world.agents[0].id);
  await dialog.getByRole("button", { name: "Start the call" }).click();
  await dialog.getByText(/is calling/).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".call-row .badge", { hasText: /call initiated|in progress/ }).waitFor();
  const calls = (await world.deliveries()).calls.slice(before);
  assert.equal(calls.length, 1);
  assert.equal(calls[0].contact_id, world.contacts[0].id);
  assert.deepEqual(errors, []);
});

test("an error stays in the dialog that caused it", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("button", { name: "Call", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Call / });
  await dialog.getByText("Organization and sub-account").click();
  await dialog.getByLabel("Organization", { exact: true }).fill("");
  await dialog.getByRole("button", { name: "Start the call" }).click();
  await dialog.locator(".field-error", { hasText: "organization_id" }).waitFor();
  await dialog.getByLabel("Organization", { exact: true }).fill(world.other_organization_id ?? "someone else’s");
  await dialog.getByRole("button", { name: "Start the call" }).click();
  await dialog.getByRole("alert").filter({ hasText: "permission" }).waitFor();
  assert.equal((await world.deliveries()).calls.length, 0);
});

// The connection is cut in the browser and not by the sandbox: Chromium itself sends a request
// again, POST or not, when a connection that it kept alive is reset before an answer.
test("a call whose answer is lost is not made again, and says that it may have started", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  let attempts = 0;
  await page.route("**/make-ai-call/*", (route) => {
    attempts += 1;
    return route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await page.getByRole("button", { name: "Start the call" }).click();
  const alert = page.getByRole("dialog").getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.textContent(), /The call may have started/);
  assert.match(await alert.textContent(), /network/);
  await page.locator(".wire tr.failed", { hasText: "makeAiCall" }).waitFor();
  assert.equal(attempts, 1);
});

test("a recording plays", async (t) => {
  const world = await makeWorld();
  const recorded = world.calls.find((call) => call.status === "completed");
  const { page, errors } = await openPage(t, world);
  await openContact(page, recorded.contact_id);
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.getByRole("button", { name: /^Play recording/ }).first().click();
  const audio = page.locator("audio");
  await audio.waitFor();
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.1);
  await page.getByText(/This link (works until|does not expire)/).waitFor();
  assert.deepEqual(errors, []);
});

test("a recording is found by a call's id", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.getByRole("tab", { name: "Calls" }).click();
  const input = page.getByLabel("Recording by call id or call_sid");
  await page.getByRole("button", { name: "Find recording" }).click();
  await page.locator(".open-call .field-error").waitFor();
  await input.fill("no-such-call");
  await page.getByRole("button", { name: "Find recording" }).click();
  await page.locator(".open-call [role=alert]").filter({ hasText: "not_found" }).waitFor();
});
