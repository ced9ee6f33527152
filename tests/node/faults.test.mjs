// The table of faults in Node.js: attempts on the wire, code and maybeDelivered, and that no call
// and no message happened twice.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { faults, operations, table } from "./faults.mjs";
import { Centerfy, CenterfyError, sandbox } from "./support.mjs";

/** A URL at which nobody listens. */
async function nobody() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test("each fault × each operation", async () => {
  const { lines, total } = await table({ Centerfy, CenterfyError, sandbox, refused: await nobody() }, 60);
  assert.equal(total, Object.keys(faults).length * Object.keys(operations).length);
  assert.deepEqual(lines, []);
});
