// Objects that are made at the top level of a module read no clock, generate no random numbers and start
// nothing: in a Worker's global scope the time is 0, and the rest is refused.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { entry } from "./support.mjs";

const program = fileURLToPath(new URL("constructing.mjs", import.meta.url));

const folder = pathToFileURL(join(entry, ".."));
const failed = Object.entries(JSON.parse(execFileSync(process.execPath, [program, folder.href])));
const isOfStores = ([file]) => /^(proxy|redis|durable)/.test(file);

test("importing and making a client, in every entry, has no side effects", () => {
  assert.deepEqual(failed.filter((one) => !isOfStores(one)), []);
});

test("importing and making a proxy, a store and its limiters has no side effects", () => {
  assert.deepEqual(failed.filter(isOfStores), []);
});
