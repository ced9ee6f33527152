// Accessibility basics: names, focus, contrast, and no horizontal scrolling.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorld, openPage } from "./support.mjs";
import { contrastProblems, namelessControls, overflow } from "./checks.mjs";

const VIEWS = ["conversation", "agent", "activity"];
const world = await makeWorld();

// 320 px at 256 px is a wide window at 400 %.
for (const [width, height] of [[320, 256], [360, 740], [768, 900], [1280, 800]]) {
  test(`${width} × ${height}: nothing overflows, all text is readable, every control has a name`, async (t) => {
    const { page, errors } = await openPage(t, world, { width, height });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const view of width < 720 ? VIEWS : ["all"]) {
        if (view !== "all") await page.locator(`.views [data-view=${view}]`).click();
        assert.deepEqual(await page.evaluate(overflow), [], `${view}: sideways scrolling`);
        assert.deepEqual(await page.evaluate(contrastProblems), [], `${view}: contrast`);
        assert.deepEqual(await page.evaluate(namelessControls), [], `${view}: names`);
      }
      for (const open of ["Settings", "Call", "New agent"]) {
        if (width < 720) await page.locator(`.views [data-view=${open === "New agent" ? "agent" : "conversation"}]`).click();
        else if (open === "Call") await page.locator("#contact-picker .pick[aria-current]").click();
        await page.getByRole("button", { name: open, exact: true }).click();
        for (const name of ["background_noise", "voicemail_detection", "webhook"]) {
          if (open === "New agent") await page.locator(`#agent [name=${name}]`).check();
        }
        assert.deepEqual(await page.evaluate(overflow), [], `${open}: sideways scrolling`);
        assert.deepEqual(await page.evaluate(contrastProblems), [], `${open}: contrast`);
        assert.deepEqual(await page.evaluate(namelessControls), [], `${open}: names`);
        await page.keyboard.press("Escape");
      }
    }
    assert.deepEqual(errors, []);
  });
}

test("every control is reachable by keyboard, with a visible focus", async (t) => {
  const { page } = await openPage(t, world);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the conversation");
  const seen = new Set();
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const style = getComputedStyle(element);
      const label = element.nextElementSibling && getComputedStyle(element.nextElementSibling);
      const shows = style.outlineStyle !== "none" || label?.outlineStyle !== "none";
      return { what: `${element.tagName} ${element.getAttribute("name") ?? element.getAttribute("aria-label") ?? element.textContent.slice(0, 30)}`, shows };
    });
    if (now === null) break;
    assert.ok(now.shows, `${now.what} shows the focus`);
    seen.add(now.what);
  }
  for (const wanted of ["BUTTON Settings", "BUTTON New agent", "BUTTON Call", "TEXTAREA content", "INPUT temperature", "BUTTON Show what was sent"]) {
    assert.ok([...seen].includes(wanted), `${wanted} is reached`);
  }
});

test("a dialog takes the focus and restores it", async (t) => {
  const { page } = await openPage(t, world);
  const button = page.getByRole("button", { name: "Settings" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest("dialog") !== null));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
});

test("at 320 px, the focus rings of the header are complete", async (t) => {
  const { page } = await openPage(t, world, { width: 320, height: 640 });
  for (const name of [/^Find/, "Settings"]) {
    const button = page.getByRole("button", { name, exact: true });
    await page.keyboard.press("Tab");
    await button.focus();
    const ring = await button.evaluate((element) => {
      const { left, right, top } = element.getBoundingClientRect();
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
      const beyond = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      return { outlineStyle, isInside: left - beyond >= 0 && top - beyond >= 0 && right + beyond <= innerWidth };
    });
    assert.deepEqual(ring, { outlineStyle: "solid", isInside: true }, String(name));
  }
});
