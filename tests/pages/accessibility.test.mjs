// Every view and state of the page, light and dark, narrow and wide: axe finds nothing, and nothing
// sticks out of the window.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { overflow } from "./checks.mjs";
import { scenes, openScene, WINDOWS } from "./scenes.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, one line for each element. */
async function violations(page) {
  // It would copy the sheets that others import into the page, which the page's policy forbids.
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], preload: false }));
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`));
}

for (const scene of scenes) {
  for (const [name, size] of Object.entries(WINDOWS)) {
    test(`${scene.name}, ${name}`, async (t) => {
      const { page, errors } = await openScene(t, scene, size);
      await page.evaluate(axe);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], colorScheme);
      }
      assert.deepEqual(await page.evaluate(overflow), [], "sideways scrolling");
      assert.deepEqual(errors, []);
    });
  }
}
