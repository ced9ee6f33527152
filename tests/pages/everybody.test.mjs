// Accessibility preferences: larger text, reduced motion, more contrast, forced colors, use by
// keyboard only; and the layout does not shift while the page loads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sizes, total } from "./sizes.mjs";
import { goTo, makeWorld, openPage } from "./support.mjs";
import { clipped, contrastProblems, fontSizes, movingThings, overflow, unmarked } from "./checks.mjs";

const VIEWS = ["conversation", "agent", "activity"];
// A heading may be a little smaller in the narrow layout, which larger text switches to.
const ABOUT_TWICE = 1.7;
const SIZES = { wide: [1280, 800], narrow: [640, 800] };

/** Sets the browser's default font size; 16 px is the usual one. */
async function setTextSize(page, size) {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  await session.send("Page.setFontSizes", { fontSizes: { standard: size, fixed: size } });
}

for (const [name, [width, height]] of Object.entries(SIZES)) {
  test(`text at 200 %, ${name}: all of it is twice as large, nothing overflows or is cut off`, async (t) => {
    const { page } = await openPage(t, await makeWorld(), { width, height });
    for (const view of VIEWS) {
      await setTextSize(page, 16);
      await goTo(page, view);
      const before = await page.evaluate(fontSizes);
      await setTextSize(page, 32);
      await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "32px");
      const after = await page.evaluate(fontSizes);
      const same = Object.keys(before).filter((text) => after[text] !== undefined && after[text] < ABOUT_TWICE * before[text]);
      assert.deepEqual(same, [], `${view}: stays small`);
      await goTo(page, view);
      assert.deepEqual(await page.evaluate(overflow), [], `${view}: sideways scrolling`);
      assert.deepEqual(await page.evaluate(clipped), [], `${view}: cut off`);
    }
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await page.getByRole("dialog").getByRole("radio", { name: "API", exact: true }).check();
    assert.deepEqual(await page.evaluate(overflow), [], "settings: sideways scrolling");
    assert.deepEqual(await page.evaluate(clipped), [], "settings: cut off");
  });
}

test("reduced motion: nothing moves, and scrolling is instant", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const scrolls = await page.evaluateHandle(() => {
    const asked = [];
    for (const name of ["scrollTo", "scrollIntoView", "scrollBy"]) {
      const real = Element.prototype[name];
      Element.prototype[name] = function scroll(...args) { asked.push(args[0]?.behavior ?? "auto"); return real.apply(this, args); };
    }
    return asked;
  });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByRole("button", { name: "New agent" }).click();
  await page.locator("#agent [name=webhook]").check();
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  assert.deepEqual(await page.evaluate(movingThings), []);
  assert.ok(!(await scrolls.jsonValue()).includes("smooth"));
});

test("more contrast: lines and small text are stronger, and all text has a contrast of 7:1", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { contrast: "more" });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await page.evaluate(contrastProblems, 7), [], colorScheme);
  }
});

test("forced colors: buttons have borders, and selection and focus are visible", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { forcedColors: "active" });
  assert.deepEqual(await page.evaluate(unmarked), []);
  await page.getByRole("button", { name: "Settings", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(await page.evaluate(unmarked), []);
  for (const name of ["Sandbox", "Cancel", "Connect"]) {
    await page.keyboard.press("Tab");
    const [text, outline] = await page.evaluate(() => {
      const { activeElement: now } = document;
      return [now.parentElement.matches("label") ? now.parentElement.textContent : now.textContent, getComputedStyle(now).outlineStyle];
    });
    assert.deepEqual([text, outline], [name, "solid"]);
  }
});

/** Presses Tab until `locator` has the focus, as a person without a mouse does. */
async function tabTo(page, locator, { back = false } = {}) {
  const wanted = locator.first();
  await wanted.waitFor({ state: "attached" });
  for (let step = 0; step < 150; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  assert.fail(`Tab does not come to ${locator}`);
}

const press = async (page, locator, key = "Enter", options) => {
  await tabTo(page, locator, options);
  await page.keyboard.press(key);
};

test("the main tasks work by keyboard only", async (t) => {
  const world = await makeWorld({ contact_replies: true });
  const { page, errors } = await openPage(t, world);
  const button = (name) => page.getByRole("button", { name, exact: true });
  const announcer = page.locator("#announcer");

  await press(page, button("New agent"));
  await tabTo(page, page.locator('#agent [name="name"]'));
  await page.keyboard.type("Evening desk");
  await press(page, button("Create agent"));
  await page.locator("#agent h2", { hasText: "Evening desk" }).waitFor();
  await announcer.getByText("Evening desk").waitFor({ state: "attached" });

  await press(page, page.getByRole("link", { name: "Skip to the conversation" }), "Enter", { back: true });
  await tabTo(page, page.locator(".composer textarea"));
  await page.keyboard.type("See you at ten.");
  await press(page, button("Send"));
  await page.locator(".message.ours", { hasText: "See you at ten." }).waitFor();
  await page.getByRole("log").getByText("wrote:").waitFor({ state: "attached" });

  await press(page, button("Call"), "Enter", { back: true });
  await press(page, button("Start the call"));
  await page.getByRole("dialog").getByText("is calling").first().waitFor();
  await press(page, button("Done"));
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await press(page, page.getByRole("tab", { selected: true }), "End", { back: true });
  const play = page.getByRole("button", { name: /^Play recording/ });
  await press(page, play);
  await page.locator("#conversation audio").first().waitFor({ state: "attached" });
  assert.deepEqual(errors, []);
});

test("announcements while a dialog is open are made in the dialog", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.evaluate(async () => {
    const { announce } = await import("./app/elements/dom.js");
    announce("First.");
    announce("Second.");
  });
  await page.getByRole("dialog").getByRole("status").getByText("First. Second.").waitFor({ state: "attached" });
});

/** Adds up all layout shifts, also those after a click, which browsers exclude. */
const watchShifts = (page) => page.addInitScript(() => {
  window.shifts = [];
  const name = (node) => (node?.nodeType === 1 ? `${node.tagName}#${node.id}.${node.className}` : String(node?.nodeName));
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node, previousRect: from, currentRect: to }) => `${name(node)} from ${from.x},${from.y} to ${to.x},${to.y}`);
      window.shifts.push([value, ...moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });
});

// The bars at the bottom shift by a few square pixels each.
const NOTHING = 0.0005;
for (const [name, [width, height]] of Object.entries({ wide: [1280, 800], narrow: [360, 740] })) {
  test(`the layout does not shift while the page loads and is first used, ${name}`, async (t) => {
    const { page } = await openPage(t, await makeWorld(), { width, height, before: watchShifts });
    await page.locator("#place", { hasText: "Sandbox" }).waitFor();
    await page.locator("#contact-picker .pick").nth(2).click();
    await page.locator("#conversation h2").waitFor();
    await page.locator(".composer").waitFor();
    await goTo(page, "agent");
    await page.locator("#agent-picker .pick").nth(1).click();
    await page.locator("#agent h2").waitFor();
    // Two frames later every shift has been reported.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const shifts = await page.evaluate(() => window.shifts);
    assert.deepEqual(shifts.filter(([value]) => value > NOTHING), []);
  });
}

/** The size budget of the page with the package, in bytes (brotli). */
const MOST = 64_000;

test("page, styles and package stay within their brotli budget", async () => {
  for (const [copy, measured] of Object.entries(await sizes())) {
    assert.ok(total(measured) < MOST, `${copy}: ${total(measured)} bytes: ${measured.map((entry) => entry.join(" ")).join(", ")}`);
  }
});
