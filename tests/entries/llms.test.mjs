// llms.txt: short enough to be read completely, and everything that it imports and calls exists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Centerfy } from "../node/support.mjs";
import { load } from "./support.mjs";

const text = readFileSync(new URL("../../llms.txt", import.meta.url), "utf8");

test("it has at most 200 lines", () => assert.ok(text.split("\n").length <= 201));

test("its imports are exported", async () => {
  const imports = [...text.matchAll(/import \{([^}]*)\} from "centerfy\/([\w/]+)"/g), ...text.matchAll(/`(\w+)\([^`]*\)` from `centerfy\/([\w/]+)`/g)];
  assert.ok(imports.length >= 6);
  for (const [, names, entry] of imports) {
    const exported = await load(entry);
    for (const name of names.split(",")) assert.equal(exported[name.trim()] === undefined, false, `${name} of ${entry}`);
  }
});

test("it has every operation, and no other method of the client", () => {
  const named = new Set([...text.matchAll(/centerfy\.(\w+)\(/g)].map(([, name]) => name));
  const methods = Object.getOwnPropertyNames(Centerfy.prototype).filter((name) => name !== "constructor");
  assert.deepEqual([...named].sort(), methods.sort());
});

test("its queries can be created", async () => {
  const { createQueries } = await load("query");
  const [, names] = /const \{([^}]*)\} = createQueries/.exec(text);
  assert.deepEqual(names.split(",").map((name) => name.trim()).sort(), Object.keys(createQueries({})).sort());
});
