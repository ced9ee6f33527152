// The page with your own proxy: the key stays there, and the page explains what the proxy rejects.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { sent } from "./scenes/conversation.mjs";
import { makeWorld, openPage, requests } from "./support.mjs";

const packageAt = (path) => new URL(`../../pkg/${path}`, import.meta.url);
const { createProxy } = await import(packageAt("proxy/index.js"));
const { toNodeHandler } = await import(packageAt("proxy/node.js"));

const demo = new URL(process.env.CENTERFY_DEMO ?? process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787/");
const PATH = "/api/centerfy";
const EVERYTHING = ["getAgent", "createAgent", "updateAgent", "archiveAgent", "makeAiCall", "getCallRecording", "getContactMessages", "sendMessage"];

/** A proxy for the sandbox, on a separate server. It identifies users by a cookie. */
async function startProxy(t, world, { origins = [demo.origin], allow = EVERYTHING } = {}) {
  const proxy = createProxy({
    apiKey: world.api_key,
    baseUrl: new URL("functions/v1/crm-api", demo).href,
    path: PATH,
    allow,
    origins,
    authorize: ({ request }) => /session=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? false,
  });
  const server = createServer(toNodeHandler(proxy)).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}`;
}

/** The page's requests, with headers and bodies. */
function watchRequests(page) {
  const sent = [];
  const read = async (request) => {
    const headers = await request.allHeaders();
    return { url: request.url(), text: JSON.stringify([request.url(), headers, request.postData()]), headers };
  };
  page.on("request", (request) => sent.push(read(request)));
  return () => Promise.all(sent);
}

/** The page in a new tab that never had a key. */
const withoutKey = (page) => page.addInitScript(() => sessionStorage.removeItem("centerfy-demo:key"));
const signIn = (page, url) => page.context().addCookies([{ name: "session", value: "mia", url }]);

async function fillIn(page, address) {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.getByRole("radio", { name: "Your proxy" }).check();
  await dialog.getByLabel("Address of the proxy").fill(address);
  await dialog.getByRole("button", { name: "Connect" }).click();
  return dialog;
}

async function connect(page, address) {
  const dialog = await fillIn(page, address);
  await dialog.waitFor({ state: "detached" });
  await page.getByText("No contact is known here yet").waitFor();
}

async function openById(page, what, id) {
  await page.getByLabel(`Open ${what} by id`).fill(id);
  await page.keyboard.press("Enter");
}

const alert = (page) => page.locator("#conversation [role=alert]");

test("a message and a call go through a proxy on another origin, and the key is in no request", async (t) => {
  const world = await makeWorld();
  const origin = await startProxy(t, world);
  const { page, errors } = await openPage(t, world, { before: withoutKey, ready: false });
  const allRequests = watchRequests(page);
  await connect(page, origin + PATH);
  await page.locator("#place").getByText("Your proxy").waitFor();
  // Cookies are matched by host, not by port.
  await signIn(page, origin);
  await openById(page, "agent", world.agents[0].id);
  await page.locator("#agent h2", { hasText: world.agents[0].name }).waitFor();
  await openById(page, "contact", world.contacts[0].id);
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await sent(page, "See you at ten.");

  await page.getByRole("button", { name: "Call", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Start the call" }).click();
  await dialog.getByText("is calling").first().waitFor();

  const all = await allRequests();
  const through = all.filter(({ url }) => url.startsWith(origin));
  assert.ok(through.some(({ headers }) => headers["idempotency-key"]), "the package knows that it is a proxy");
  assert.deepEqual(through.filter(({ text }) => text.includes("cfy_")), [], "no key goes to the proxy");
  assert.deepEqual(all.filter(({ text }) => text.includes(world.api_key)), [], "the page never has the proxy's key");
  assert.equal((await requests(world, "sendMessage")).length, 1);
  assert.equal((await requests(world, "makeAiCall")).length, 1);
  assert.deepEqual(errors, []);
});

test("a path is a valid address, and it is restored at the next visit", async (t) => {
  const world = await makeWorld();
  const origin = await startProxy(t, world);
  const { page } = await openPage(t, world, { before: withoutKey, ready: false });
  await signIn(page, demo.origin);
  // The page's own host serves the proxy, as an app's server does.
  await page.route(`**${PATH}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const headers = { ...await route.request().allHeaders(), origin: demo.origin };
    route.fulfill({ response: await route.fetch({ url: origin + pathname + search, headers }) });
  });
  await connect(page, PATH);
  await page.locator("#place strong", { hasText: demo.host }).waitFor();
  await openById(page, "contact", world.contacts[0].id);
  await page.locator(".message").first().waitFor();
  await page.reload();
  await page.locator("#contact-picker .pick", { hasText: world.contacts[0].name }).waitFor();
  await page.locator(".message").first().waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).includes("cfy_"));
});

test("a missing session, a forbidden operation and a forbidden origin have different messages", async (t) => {
  const world = await makeWorld();
  const origin = await startProxy(t, world, { allow: ["getContactMessages"] });
  const { page } = await openPage(t, world, { before: withoutKey, ready: false });
  await connect(page, origin + PATH);
  await openById(page, "contact", world.contacts[0].id);
  await alert(page).getByText("The proxy asks you to sign in").waitFor();
  await alert(page).getByText("Not signed in").waitFor();

  await signIn(page, origin);
  await alert(page).getByRole("button", { name: "Try again" }).click();
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".entry").getByText("Not sent").waitFor();
  await page.locator(".entry").getByText(/sendMessage is not allowed by this proxy.*Its options allow/).waitFor();
  assert.equal((await requests(world, "sendMessage")).length, 0);

  // Connect shows its error next to the field.
  const dialog = await fillIn(page, await startProxy(t, world, { origins: [] }) + PATH);
  await dialog.locator(".field-error", { hasText: `add ${demo.origin} to its origins` }).waitFor();
});
