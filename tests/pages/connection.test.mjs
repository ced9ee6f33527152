// What the page is connected to: settings, the key, and what is shown of each attempt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorld, openPage } from "./support.mjs";

test("the key shows in no console line, no storage that stays, and nowhere on the page", async (t) => {
  const world = await makeWorld();
  const { page, lines, errors } = await openPage(t, world);
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.keyboard.press("Escape");
  const key = world.api_key;
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  const shown = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!lines.some((line) => line.includes(key)), "console");
  assert.ok(!kept.includes(key), "localStorage");
  assert.ok(!shown.includes(key), "page");
  assert.ok(!page.url().includes(key), "address");
  assert.deepEqual(lines, [], "the console is empty");
  assert.deepEqual(errors, []);
});

const openSettings = async (page) => {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.waitFor();
  return dialog;
};

const choose = (dialog, kind) => dialog.getByRole("radio", { name: kind, exact: true }).check();

/** Opens a contact that no list has. */
const openById = async (page, id) => {
  await page.getByLabel("Open contact by id").fill(id);
  await page.keyboard.press("Enter");
};

test("settings: refused values show at their field, a wrong key says what to do", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const dialog = await openSettings(page);
  await choose(dialog, "API");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.locator(".field-error", { hasText: "without a key" }).waitFor();
  await dialog.getByLabel("API key").fill("cfy_wrong");
  await dialog.getByLabel("Base URL").fill("ftp://example.com");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.locator(".field-error", { hasText: "baseUrl" }).waitFor();
  await dialog.getByLabel("Base URL").fill("functions/v1/crm-api");
  await dialog.getByRole("radio", { name: "Authorization: Bearer" }).check();
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.waitFor({ state: "detached" });

  await page.locator("#contact-picker").getByText("No contact is known here yet").waitFor();
  await openById(page, world.contacts[0].id);
  const alert = page.locator("#conversation [role=alert]");
  await alert.waitFor();
  assert.match(await alert.textContent(), /The key was not accepted/);
  assert.match(await alert.textContent(), /401/);
  await alert.getByRole("button", { name: "Enter another key" }).click();
  await dialog.waitFor();
  await choose(dialog, "Sandbox");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await page.locator(".message").first().waitFor();
});

test("a key that is not kept is asked for again, and nothing is sent before", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, {
    ready: false,
    before: (page) => page.addInitScript(() => {
      sessionStorage.removeItem("centerfy-demo:key");
      const settings = { kind: "api", baseUrl: new URL("functions/v1/crm-api", document.baseURI).href };
      if (!localStorage.length) localStorage.setItem("centerfy-demo:connection", JSON.stringify(settings));
    }),
  });
  await page.locator("#conversation").getByRole("button", { name: "Open settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  assert.ok(await dialog.getByRole("radio", { name: "API", exact: true }).isChecked());
  assert.deepEqual(await world.log(), []);
  await dialog.getByLabel("API key").fill(world.api_key);
  await page.keyboard.press("Enter");
  await page.locator(".message").first().waitFor();
});

test("where there is no control door, ids are typed by hand and remembered", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  // The same API, as it would be behind a proxy of one's own: nothing tells who there is.
  await page.route("**/_sandbox/**", (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  await page.getByText("No conversation is open").waitFor();
  await page.locator("#place", { hasText: "real people" }).waitFor();
  const { id, name } = world.contacts[0];
  await page.getByLabel("Open contact by id").fill(id);
  await page.keyboard.press("Enter");
  await page.locator(".message").first().waitFor();
  await page.reload();
  await page.locator("#contact-picker .pick", { hasText: name }).waitFor();
});

test("retries are shown as they happen", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "getAgent", type: "answer", status: 503, body: { error: true, message: "busy" }, times: 1 });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.locator("#agent-picker .pick").nth(1).click();
  await page.locator(".wire tr.bad", { hasText: "getAgent" }).filter({ hasText: "503" }).waitFor();
  await page.locator(".wire tr.retry", { hasText: "getAgent" }).waitFor();
  await page.locator(".wire tr.good", { hasText: "getAgent" }).first().waitFor();
  await page.getByText(/1 retry/).waitFor();
  const code = page.locator(".wire-code code");
  assert.match(await code.textContent(), /= await centerfy\.getAgent\("/);
});

test("waiting at the rate limiter and attempts without an answer are shown", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.evaluate(async () => {
    const { recordEvent, recordFailure } = await import("./app/activity/activity-log.js");
    const call = { operation: "archiveAgent", attempt: 1, url: "https://example.com/archive-agent" };
    recordEvent({ ...call, type: "queued" });
    recordEvent({ ...call, type: "request" });
    recordFailure("archiveAgent");
  });
  await page.locator(".wire tr.queued", { hasText: "archiveAgent" }).filter({ hasText: "waited" }).waitFor();
  await page.locator(".wire tr.failed", { hasText: "archiveAgent" }).filter({ hasText: "no answer" }).waitFor();
  await page.getByText(/1 queued/).waitFor();
});

test("without the built package the page says how to build it, and can try again", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.route("**/pkg/index.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  const alert = page.locator("#conversation [role=alert]");
  await alert.getByText("cargo xtask demo").waitFor();
  await page.unroute("**/pkg/index.js");
  await page.reload();
  await page.locator(".message").first().waitFor();
});
