// The connection: settings, the key, and how attempts are shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asTheRealApi, makeWorld, openPage } from "./support.mjs";

test("the key is in no console message, no permanent storage, and nowhere on the page", async (t) => {
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

/** Opens a contact that is in no list. */
const openById = async (page, id) => {
  const field = page.getByLabel("Open contact by id");
  // Next to a list, the field is behind a button.
  if (await page.locator("#contact-picker .pick").first().isVisible()) await page.locator("#contact-picker .by-id").click();
  await field.fill(id);
  await page.keyboard.press("Enter");
};

/** The sandbox's API, on the page's own host and on another name of that host. */
const apiOf = (page) => new URL("functions/v1/crm-api", page.url()).href;
const otherApiOf = (page) => apiOf(page).replace("127.0.0.1", "localhost");

/** Connects to the API; resolves when the settings are closed. */
async function connectToApi(page, { baseUrl, key, keep = false, forNewTabs = false }) {
  const dialog = await openSettings(page);
  await choose(dialog, "API");
  await dialog.getByLabel("Base URL").fill(baseUrl);
  await dialog.getByLabel("API key").fill(key);
  await dialog.getByLabel(/^Keep the key/).setChecked(keep);
  await dialog.getByLabel(/^Use this connection in new tabs/).setChecked(forNewTabs);
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The requests that the page makes from now on, as `{ url, headers }`. */
function watchRequests(page) {
  const all = [];
  page.on("request", (request) => all.push({ url: request.url(), headers: request.headers() }));
  return all;
}

const keysIn = (sent) => sent.map(({ headers }) => headers["x-api-key"] ?? headers.authorization?.replace("Bearer ", "")).filter(Boolean);

test("settings: Connect explains what is wrong next to the field, and keeps the connection", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const dialog = await openSettings(page);
  await choose(dialog, "API");
  const connect = () => dialog.getByRole("button", { name: "Connect" }).click();
  const error = (text) => dialog.locator(".field-error", { hasText: text }).waitFor();
  await connect();
  await error("requires a key");
  await dialog.getByLabel("API key").fill("cfy_wrong");
  await dialog.getByLabel("Base URL").fill("ftp://example.com");
  await connect();
  await error("Base URL: enter a web address that starts with https://");

  const sent = watchRequests(page);
  for (const baseUrl of ["crmwebhook.com/functions/v1/crm-api", "functions/v1/crm-api", "/functions/v1/crm-api", "//example.com/api"]) {
    await dialog.getByLabel("Base URL").fill(baseUrl);
    await connect();
    await error("Start it with https://");
  }
  await dialog.getByLabel("Base URL").fill(`${apiOf(page)}/get-agent`);
  await connect();
  await error(`does not include an operation. Use ${apiOf(page)}`);
  await dialog.getByLabel("API key").fill("cfy wrong");
  await dialog.getByLabel("Base URL").fill(apiOf(page));
  await connect();
  await error("A key has no spaces");
  assert.deepEqual(sent, [], "nothing was sent anywhere");

  await dialog.getByLabel("API key").fill("cfy_wrong");
  await connect();
  await error(/did not accept the key.*copied the whole key/);
  await dialog.getByLabel("Base URL").fill(new URL("/style", page.url()).href);
  await connect();
  await error("not as the Centerfy API");
  await page.route("https://website.example/**", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Hello</h1>", headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" } }));
  await dialog.getByLabel("Base URL").fill("https://website.example");
  await connect();
  await error("website.example answers, but not as the Centerfy API");
  await page.unroute("https://website.example/**");
  await page.route("https://website.example/**", (route) => route.abort("connectionrefused"));
  await connect();
  await error("No answer from website.example");

  // The page behind the dialog is still connected to the sandbox.
  await page.keyboard.press("Escape");
  await page.locator("#place", { hasText: "Sandbox" }).waitFor();
  await page.locator("#contact-picker .pick").nth(1).click();
  await page.locator(".message").first().waitFor();
  assert.deepEqual(errors, []);
});

test("settings: spaces around a pasted key or address are removed", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const sent = watchRequests(page);
  await connectToApi(page, { baseUrl: ` ${apiOf(page)} `, key: `\u200b ${world.api_key} ` });
  await page.locator(".message").first().waitFor();
  const reads = sent.filter(({ url }) => url.endsWith("/get-agent/connection-test"));
  assert.equal(reads.length, 1, "Connect makes one read");
  assert.deepEqual(keysIn(reads), [world.api_key]);
});

test("a key that stops working later says so, and links to its field", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await connectToApi(page, { baseUrl: apiOf(page), key: world.api_key });
  await page.locator(".message").first().waitFor();
  await world.faults({ type: "answer", operation: "getContactMessages", status: 401, body: { error: true, message: "Invalid API key" }, times: 1 });
  await page.locator("#contact-picker .pick").nth(1).click();
  const alert = page.locator("#conversation [role=alert]");
  await alert.waitFor();
  assert.match(await alert.textContent(), /The key was not accepted/);
  assert.match(await alert.textContent(), /401/);
  await alert.getByRole("button", { name: "Enter another key" }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.waitFor();
  await choose(dialog, "Sandbox");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.waitFor({ state: "detached" });
});

test("two tabs: each keeps its own connection, and a key is sent to its base URL only", async (t) => {
  const [one, two] = await Promise.all([makeWorld(), makeWorld()]);
  const { page } = await openPage(t, one, { before: asTheRealApi, ready: false });
  await connectToApi(page, { baseUrl: apiOf(page), key: one.api_key, keep: true });
  const other = await page.context().newPage();
  await asTheRealApi(other);
  await other.goto(page.url());
  await connectToApi(other, { baseUrl: otherApiOf(page), key: two.api_key, forNewTabs: true });

  const sent = watchRequests(page);
  await page.reload();
  await openById(page, one.contacts[0].id);
  await page.locator(".message").first().waitFor();
  const reads = sent.filter(({ url }) => url.includes("crm-api"));
  assert.ok(reads.length > 0);
  assert.deepEqual(reads.filter(({ url }) => !url.startsWith(apiOf(page))), [], "the tab stays with API one");

  // A new tab starts with the connection saved for new tabs; a key of another connection is not sent there.
  const third = await page.context().newPage();
  const sentThere = watchRequests(third);
  await third.goto(page.url());
  await third.locator("#conversation").getByRole("button", { name: "Open settings" }).click();
  assert.equal(await third.getByRole("dialog").getByLabel("Base URL").inputValue(), otherApiOf(page));
  assert.deepEqual(sentThere.filter(({ url }) => url.startsWith(otherApiOf(page))), []);
  assert.deepEqual(keysIn(sentThere), []);
});

test("two tabs: one stays in the sandbox when the other connects to a proxy", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.route("**/api/centerfy/**", (route) => route.fulfill({ status: 401, json: { error: true, message: "Not signed in" } }));
  const dialog = await openSettings(other);
  await choose(dialog, "Your proxy");
  await dialog.getByLabel(/^Use this connection in new tabs/).check();
  await dialog.getByRole("button", { name: "Connect" }).click();
  await other.locator("#place").getByText("Your proxy").waitFor();
  await page.reload();
  await page.locator(".message").first().waitFor();
  assert.match(await page.locator("#place").innerText(), /Sandbox/);
});

test("settings: an address without a scheme never resolves to the page's own host", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const dialog = await openSettings(page);
  await choose(dialog, "Your proxy");
  const sent = watchRequests(page);
  for (const [address, text] of [
    ["proxy.example/api", "Start it with https://, or with / for a path"],
    ["api/centerfy", "Start it with https://, or with / for a path"],
    ["//proxy.example/api", "leads to another host"],
    ["/\\proxy.example/api", "leads to another host"],
  ]) {
    await dialog.getByLabel("Address of the proxy").fill(address);
    await dialog.getByRole("button", { name: "Connect" }).click();
    await dialog.locator(".field-error", { hasText: text }).waitFor();
  }
  assert.deepEqual(sent, []);
});

test("the page asks for a key that it did not keep, and sends nothing before", async (t) => {
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

test("without a control endpoint, ids are typed by hand and remembered", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  // The same API as behind a proxy: nothing lists its agents and contacts.
  await page.route("**/_sandbox/**", (route) => route.fulfill({ status: 404, body: "" }));
  // Without the open entities in its address.
  await page.goto(new URL("/", page.url()).href);
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
  await code.filter({ hasText: /= await centerfy\.getAgent\("/ }).waitFor();
});

test("requests queued at the rate limit and attempts without an answer are shown", async (t) => {
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

test("without the built package, the page says how to build it, and can try again", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.route("**/pkg/index.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  const alert = page.locator("#conversation [role=alert]");
  await alert.getByText("cargo xtask demo").waitFor();
  await page.unroute("**/pkg/index.js");
  await page.reload();
  await page.locator(".message").first().waitFor();
});
