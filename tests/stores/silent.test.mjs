// A store that does not respond: some Redis clients wait until it is available again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "../proxy/support.mjs";

const info = { operation: "getAgent", attempt: 1 };

/** Waits for one turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a limiter whose store does not respond rejects all queued calls, and releases the slots that it may still be granted", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const client = { eval: (_script, _keys, args) => new Promise((answer) => asked.push({ args, answer })) };
  const limiter = redisStore(client).limiter({ requests: 2, perMs: 1000 });
  const acquiring = Promise.allSettled([1, 2, 3].map(() => limiter.acquire(info)));
  await turn();
  t.mock.timers.tick(10_000);
  const reasons = (await acquiring).map(({ reason }) => reason?.message);
  assert.deepEqual(reasons, Array(3).fill("The store did not reply within 10000 ms"));
  const [take, drop] = asked;
  const ids = take.args.slice(4);
  assert.equal(ids.length, 2, "as many as the limit allows");
  assert.deepEqual(drop.args, ids, "Redis may carry the first step out late: then the second one undoes it");
});
