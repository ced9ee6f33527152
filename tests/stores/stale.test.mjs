// A slot is used in time or not at all: the store may have granted an old slot to another process since.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ownTime } from "../support/time.mjs";
import { source } from "./source.mjs";

const { StoreLimiter } = await source(`export { StoreLimiter } from "./limiter.js";`);

test("a slot that a long pause held back is released and requested again", async (t) => {
  const time = ownTime(t);
  const asked = [];
  const dropped = [];
  const steps = {
    take: async (ids) => (asked.push(...ids), { slots: ids.map(() => [5, null]), againMs: 0, heldMs: 0, nowMs: time.now() }),
    mark: async () => {},
    drop: async (ids) => void dropped.push(...ids),
    hold: async () => {},
  };
  const limiter = new StoreLimiter(steps, { requests: 1, perMs: 60_000 }, true);
  const going = limiter.acquire({ operation: "getAgent", attempt: 1 });
  await time.settle();
  assert.equal(asked.length, 1);
  limiter.hold({ ms: 20_000 });
  const began = time.now();
  await time.run(going);
  assert.ok(time.now() - began >= 20_000, "it waited for the end of the pause");
  assert.deepEqual([asked.length, dropped], [2, asked.slice(0, 1)]);
});
