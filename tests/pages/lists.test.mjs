// Lists and code that overflow their container: the open entry is in view, and the page says what is hidden.

import assert from "node:assert/strict";
import { test } from "node:test";
import { control, makeWorld, openPage, picks } from "./support.mjs";

/** Whether the open entry of a list is inside the list's visible area. */
const isInView = (list) => {
  const around = document.querySelector(`#${list}-picker .picker-list`).getBoundingClientRect();
  const row = document.querySelector(`#${list}-picker .pick[aria-current]`)?.getBoundingClientRect();
  return Boolean(row) && row.top >= around.top - 1 && row.bottom <= around.bottom + 1 && row.left >= around.left - 1 && row.right <= around.right + 1;
};

for (const [width, height] of [[1280, 620], [360, 740]]) {
  test(`${width} × ${height}: a new agent is scrolled into view in the list`, async (t) => {
    const { page } = await openPage(t, await makeWorld(), { width, height });
    if (width > 1000) await page.getByRole("button", { name: "Show what was sent" }).click();
    else await page.locator('.views [data-view="agent"]').click();
    for (const name of ["Nora the second", "Nora the third"]) {
      await page.getByRole("button", { name: "New agent" }).click();
      await control(page, "name").fill(name);
      await page.getByRole("button", { name: "Create agent" }).click();
      await page.locator("#agent h2", { hasText: name }).waitFor();
      await page.locator("#agent-picker .pick[aria-current]", { hasText: name }).waitFor();
      assert.ok(await page.evaluate(isInView, "agent"), `${name} is in view`);
    }
  });
}

test("a partly visible list says how many more entries there are", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  assert.equal(await page.locator("#agent-picker .picker-below").textContent(), "");
  await page.setViewportSize({ width: 1280, height: 620 });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  const below = page.locator("#contact-picker .picker-below");
  await below.filter({ hasText: /^\d+ more below$/ }).waitFor();
  const hidden = await picks(page, "contact").evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom > row.closest("ul").getBoundingClientRect().bottom + 1).length);
  assert.equal(await below.textContent(), `${hidden} more below`);
  await page.locator("#contact-picker .picker-list").evaluate((list) => { list.scrollTop = list.scrollHeight; });
  await page.waitForFunction(() => document.querySelector("#contact-picker .picker-below").textContent === "");
  // Neither a selection nor new entries scroll the list.
  await picks(page, "contact").last().click();
  await page.locator("#contact-picker .pick[aria-current]").last().waitFor();
  assert.ok(await page.evaluate(isInView, "contact"));
});

test("long lines of code scroll, visibly", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { width: 1280, height: 800 });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByRole("radio", { name: "curl" }).check();
  const code = page.locator(".wire-code pre").filter({ hasText: "curl " });
  await code.waitFor();
  assert.ok(await code.evaluate((element) => element.scrollWidth > element.clientWidth), "the line is wider than its container");
  const style = await code.evaluate((element) => {
    const { backgroundAttachment, overflowX } = getComputedStyle(element);
    return { backgroundAttachment, overflowX, bar: getComputedStyle(element, "::-webkit-scrollbar").height };
  });
  assert.deepEqual(style, { backgroundAttachment: "local, local, scroll, scroll, scroll", overflowX: "auto", bar: "10px" });
  await code.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".wire-code pre").scrollLeft > 0);
});
