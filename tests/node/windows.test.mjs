// The rules of the package's rate limiter equal those of the crate: both run the same steps.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { build } = createRequire(here("../../xtask/package.json"))("esbuild");

/** The package's source, since the package does not export it. */
const { outputFiles } = await build({ entryPoints: [here("../../pkg-template/limiter.ts")], format: "esm", write: false });
const { newLimiter, take, answered, free, hold } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const cases = JSON.parse(await readFile(here("../support/windows.json"), "utf8"));

cases.forEach((steps, number) => {
  test(`windows, case ${number + 1}`, () => {
    const limiter = newLimiter();
    /** The granted slots by number. */
    const slots = [];
    for (const step of steps) {
      if (step.take) {
        const [requests, perMs, lease] = step.take;
        const slot = { _at: 0 };
        const wait = Math.max(0, take(limiter, slot, { requests, perMs }, lease, step.at));
        assert.equal(wait, step.wait, JSON.stringify(step));
        if (!wait) slots.push(slot);
      }
      if (step.answered !== undefined) answered(limiter, slots[step.answered], step.at);
      if (step.giveBack !== undefined) free(limiter, slots[step.giveBack]);
      if (step.hold) hold(limiter, step.hold, step.at);
    }
  });
});
