// The table of faults in Node.js: attempts on the wire, code and maybeDelivered, and that no call
// and no message was executed twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, operations, table } from "./faults.mjs";
import { Centerfy, CenterfyError, nobody, sandbox } from "./support.mjs";

test("the samples have every operation of the client", () => {
  const methods = Object.getOwnPropertyNames(Centerfy.prototype).filter((name) => !["constructor", "contactMessages"].includes(name));
  assert.deepEqual(Object.keys(operations).sort(), methods.sort(), "operations in tests/support/samples.json");
});

test("each fault × each operation", async () => {
  const { lines, total } = await table({ Centerfy, CenterfyError, sandbox, refused: await nobody() }, 60);
  assert.equal(total, Object.keys(faults).length * Object.keys(operations).length);
  assert.deepEqual(lines, []);
});
