// Both clients say the same, word by word: the crate's tests read these cases too.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { answer, failure, stub, stubbed } from "./support.mjs";

const cases = JSON.parse(await readFile(new URL("../../src/client/words.json", import.meta.url), "utf8"));

for (const { operation, arguments: args, status, text, message } of cases) {
  test(message, async () => {
    const fetch = stub(() => (status < 200 ? assert.fail() : answer(text, status)));
    const client = stubbed(fetch, { apiKey: "cfy_secret", maxRetries: 0 });
    const error = await failure(client[operation](...args), { operation });
    assert.equal(error.message, message);
    assert.equal(fetch.sent.length, status ? 1 : 0);
  });
}
