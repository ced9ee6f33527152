// A proxy where there are `window` and `document`, as in the tests of a page in jsdom.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, CenterfyError, app } from "./support.mjs";

test("a proxy is made and asked there, and a client with an apiKey is still refused", async () => {
  globalThis.window = globalThis.document = {};
  try {
    const { client, sandbox, message } = await app();
    await client.sendMessage(message);
    assert.equal(sandbox.deliveries().length, 1);
    assert.throws(() => new Centerfy({ apiKey: sandbox.apiKey }), (error) => CenterfyError.is(error) && error.field === "apiKey");
  } finally {
    delete globalThis.window;
    delete globalThis.document;
  }
});
