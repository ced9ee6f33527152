// What only `memory()` can be asked: its queue, and its clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memory } from "../proxy/support.mjs";

const info = { operation: "getAgent", attempt: 1 };

test("who leaves lets those behind go who may, by a limit of their own", { timeout: 20_000 }, async () => {
  const store = memory();
  const strict = store.limiter({ requests: 1, perMs: 60_000 });
  await strict.acquire(info);
  const leaving = new AbortController();
  const left = assert.rejects(strict.acquire({ ...info, signal: leaving.signal }));
  const behind = store.limiter({ requests: 2, perMs: 60_000 }).acquire(info);
  leaving.abort();
  await Promise.all([left, behind]);
});
