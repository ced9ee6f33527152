// A proxy where `window` and `document` exist, as in tests of a page in jsdom.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, CenterfyError, app } from "./support.mjs";

test("a proxy works there, and a client with an apiKey is refused", async () => {
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
