// Every view and state of the page, light and dark, narrow and wide: axe finds no violations, and
// nothing overflows the window.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { overflow } from "./checks.mjs";
import { scenes, openScene, WINDOWS } from "./scenes.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The violations that axe finds, one line per element; with `rules`, of these rules only. */
async function violations(page, rules) {
  // Preloading would inline imported style sheets, which the page's content security policy forbids.
  const options = { resultTypes: ["violations"], preload: false, ...(rules && { runOnly: rules }) };
  const found = await page.evaluate((options) => axe.run(document, options), options);
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`));
}

/** Opens the scene in a window, and checks it there and at the sizes in `wider`. */
async function look(t, scene, first, ...wider) {
  const { page, errors } = await openScene(t, scene, first);
  await page.evaluate(axe);
  for (const [index, [width, height]] of [first, ...wider].entries()) {
    if (index > 0) await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: "light" });
    assert.deepEqual(await violations(page), [], `${width} px`);
    assert.deepEqual(await page.evaluate(overflow), [], `${width} px: sideways scrolling`);
    // The dark scheme changes colors only.
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violations(page, ["color-contrast"]), [], `${width} px, dark`);
  }
  assert.deepEqual(errors, []);
}

const { narrow, wide } = WINDOWS;
describe("scenes", { concurrency: 3 }, () => {
  for (const scene of scenes) {
    test(scene.name, async (t) => {
      // A scene that is reached differently in a narrow window is opened once per width.
      if (scene.opensWide) await Promise.all([look(t, scene, narrow), look(t, scene, wide)]);
      else await look(t, scene, narrow, wide);
    });
  }
});
