// Shared by the page's tests: a browser, and for each test an organization in the sandbox and a page.

import { after } from "node:test";
import { chromium } from "playwright-core";
import { controlOf } from "../support/control.mjs";

/** The page's URL. A sandbox serves it, with the control endpoint on the same origin. */
const demo = new URL(process.env.CENTERFY_DEMO ?? process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787/").href;
const endpoint = controlOf(new URL(demo).origin);
const FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
  + "--disable-component-update --disable-sync --disable-dev-shm-usage";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: (process.env.CHROMIUM_FLAGS ?? FLAGS).split(/\s+/).filter(Boolean),
});
export const closeBrowser = () => browser.close();
// The screenshots are not a test, and close the browser themselves.
if (process.argv[1].endsWith(".test.mjs")) after(closeBrowser);

/** A separate organization in the sandbox, so that tests can run concurrently. */
export async function makeWorld(settings = {}) {
  const world = await endpoint("POST", "", settings);
  const at = `/${world.api_key}`;
  return {
    ...world,
    faults: (faults) => endpoint("POST", `${at}/faults`, faults),
    log: () => endpoint("GET", `${at}/log`),
    /** Everything created, called and sent, or only by that operation. */
    deliveries: async (operation) =>
      (await endpoint("GET", `${at}/deliveries`)).filter((one) => operation === undefined || one.operation === operation),
    receive: (message) => endpoint("POST", `${at}/messages`, message),
  };
}

/**
 * The page in `world`, in a separate browser context that ends with the test. `before(page)` runs
 * before the page is loaded, for routes and the storage of an earlier visit.
 */
export async function openPage(t, world, { url = demo, width = 1280, height = 800, ready = true, before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-US", reducedMotion: "reduce", ...options });
  t.after(() => context.close());
  await context.addInitScript((key) => sessionStorage.setItem("centerfy-demo:key", key), world.api_key);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems = watch(page);
  await before?.(page);
  await page.goto(url);
  if (ready) {
    await page.locator(".message").first().waitFor();
    await page.locator("#agent h2").waitFor({ state: "attached" });
  }
  return { page, ...problems };
}

// All console messages, and problems that must never occur: uncaught errors, console errors other than
// the browser's own report of an error response, violations of the content security policy.
function watch(page) {
  const lines = [];
  const errors = [];
  page.on("console", (message) => {
    lines.push(message.text());
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
  return { lines, errors };
}

/** Shows one part of the page where a narrow window shows one at a time. */
export async function goTo(page, view) {
  const button = page.locator(`.views [data-view="${view}"]`);
  if (await button.isVisible()) await button.click();
}

const A_MINUTE = 60_000;
/**
 * Stops the page's clock, which needs `page.clock.install()`: from then on time passes only by
 * `page.clock.runFor`, however slow the machine is. Live updates are turned off first, so that nothing
 * is read while the clock is set forward by a minute, after which the rate limit is unused.
 */
export async function stopClock(page) {
  await page.getByRole("button", { name: "Live updates" }).click();
  await page.clock.pauseAt(await page.evaluate(() => Date.now()) + A_MINUTE);
}

/** Makes the page treat the sandbox as the API itself: it has no lists, and contacts do not answer. */
export const asTheRealApi = (page) => page.route("**/_sandbox/**", (route) => route.fulfill({ status: 404 }));

/** The field of the agent's form with that API name. */
export const field = (page, name) => page.locator(`[data-field="${name}"]`);
export const control = (page, name) => page.locator(`#agent [name="${name}"]`);
export const picks = (page, list) => page.locator(`#${list}-picker .pick`);

/** Opens the contact with that id from the list. */
export async function openContact(page, id) {
  await page.locator(`#contact-picker .pick[data-id="${id}"]`).click();
  await page.locator(`#contact-picker .pick[data-id="${id}"][aria-current]`).waitFor();
  await page.locator("#conversation .composer").waitFor();
}

/** The requests of one operation that reached the API, oldest first. */
export async function requests(world, operation) {
  return (await world.log()).filter((entry) => entry.operation === operation && entry.method !== "OPTIONS");
}
