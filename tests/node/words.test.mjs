// Both clients have the same messages: the crate's tests read these cases, too.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ownTime } from "../support/time.mjs";
import { answer, everyOperation, failure, once, rejection, stub, stubbed } from "./support.mjs";

const cases = JSON.parse(await readFile(new URL("../../src/client/words.json", import.meta.url), "utf8"));

for (const { operation, arguments: args, status, text, said, message, field, issues } of cases) {
  test(message, async () => {
    const fetch = stub(() => (status < 200 ? assert.fail() : answer(text, status, said && { "centerfy-maybe-delivered": said })));
    const client = stubbed(fetch, { apiKey: "cfy_secret", maxRetries: 0 });
    const error = await failure(client[operation](...args), { operation });
    assert.equal(error.message, message);
    if (issues) assert.deepEqual(error.issues ?? [], issues.map(([field, message]) => ({ field, message })));
    if (field !== undefined) assert.equal(error.field ?? "", field);
    assert.equal(fetch.sent.length, status ? 1 : 0);
  });
}

const statuses = [302, 400, 401, 403, 404, 408, 409, 418, 429, 500, 501, 502, 503, 504, 520];
const denial = JSON.stringify({ error: true, message: "away; nothing was sent" });
const EARLIER = {
  "nothing before": [],
  "a 429 before": [() => answer("{}", 429, { "centerfy-maybe-delivered": "false", "retry-after-ms": "0" })],
  "a lost attempt before": [() => Promise.reject(new TypeError("reset"))],
};

/** What an error has to say about a call and about its earlier attempts. */
const deliveryOf = (operation, status, said, before) => {
  if (!once.has(operation)) return "no";
  if (said === "true" || (said === null && status >= 500)) return "maybe";
  return said !== "false" && before.startsWith("a lost") ? "earlier" : "no";
};

test("no message says both that nothing was sent and that it may have been processed", async (t) => {
  const time = ownTime(t);
  for (const operation of Object.keys(everyOperation({}))) {
    for (const status of statuses) {
      for (const said of ["true", "false", "unsent", null]) {
        for (const [before, earlier] of Object.entries(EARLIER)) {
          const headers = said ? { "centerfy-maybe-delivered": said } : {};
          const fetch = stub((n) => earlier[n - 1]?.() ?? answer(denial, status, headers));
          const client = stubbed(fetch, { apiKey: undefined, baseUrl: undefined, proxy: "http://app.test/api", maxRetries: earlier.length });
          const { message, maybeDelivered } = await time.run(rejection(everyOperation(client)[operation]()));
          const delivery = deliveryOf(operation, status, said, before);
          const what = `${operation}, ${status}, ${said}, ${before}: ${message}`;
          assert.equal(maybeDelivered, delivery !== "no", what);
          assert.equal(message.includes("the request may have been processed"), delivery === "maybe", what);
          assert.equal(message.includes("an earlier attempt may have been processed"), delivery === "earlier", what);
          assert.equal(message.includes("nothing was sent"), delivery !== "maybe", what);
        }
      }
    }
  }
});

test("the message of a failed fetch does not contradict the warning either", async () => {
  const lost = () => Promise.reject(new TypeError("offline, not sent"));
  const error = await rejection(everyOperation(stubbed(stub(lost), { maxRetries: 0 })).sendMessage());
  assert.equal(error.message, "sendMessage: no response; the request may have been processed, so check before you send it again");
  const read = await rejection(stubbed(stub(lost), { maxRetries: 0 }).getAgent("a"));
  assert.equal(read.message, "getAgent: no response (offline, not sent)");
});
