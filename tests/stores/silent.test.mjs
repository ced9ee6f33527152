// A store that says nothing, as clients of Redis do that wait until it is there again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redis } from "../proxy/support.mjs";

const info = { operation: "getAgent", attempt: 1 };

/** What everything that can run at once has done. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a limiter of a store that says nothing rejects all who wait, and a place that it gives later goes back", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const client = { eval: (_script, _keys, args) => new Promise((answer) => asked.push({ args, answer })) };
  const limiter = redis(client).limiter({ requests: 2, perMs: 1000 });
  const acquiring = Promise.allSettled([1, 2, 3].map(() => limiter.acquire(info)));
  await turn();
  t.mock.timers.tick(10_000);
  const reasons = (await acquiring).map(({ reason }) => reason?.message);
  assert.deepEqual(reasons, Array(3).fill("the store said nothing in 10000 ms"));
  assert.equal(asked.length, 1);
  const [{ args: [id], answer }] = asked;
  answer("0");
  await turn();
  assert.deepEqual(asked[1].args, [id]);
});
