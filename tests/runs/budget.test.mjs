// What a run costs: 1,000 items over 8 processes on one Redis, at 600 in a window of 12 seconds instead of a minute.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { ioredis, redisFor } from "../stores/clients.mjs";

const victim = fileURLToPath(new URL("victim.mjs", import.meta.url));
const PROCESSES = 8;
const COUNT = 1_000;
const PACE = { requests: 600, perMs: 12_000 };

/** How many scripts Redis has run. */
const scriptsOf = async (connection) => {
  const info = await connection.info("commandstats");
  return [...info.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
};

/** How often the time is measured at most: a busy machine delays processes. */
const ATTEMPTS = 3;

/** Runs all processes to their end. Returns what it cost. */
async function measure(t, limit) {
  const server = await redisFor(t, { fsync: "no" });
  const connection = ioredis(t, server);
  const world = await makeWorld();
  const settings = JSON.stringify({ world, baseUrl, redisUrl: server.url, count: COUNT, [limit]: PACE });
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, [victim], { env: { ...process.env, CENTERFY_VICTIM: settings }, stdio: ["ignore", "pipe", "inherit"] }),
  );
  const printed = await Promise.all(children.map(({ stdout }) => text(stdout)));
  for (const one of printed) assert.deepEqual(JSON.parse(one), { sent: COUNT });
  const times = (await world.deliveries()).map(({ at }) => at).sort((a, b) => a - b);
  assert.equal(times.length, COUNT);
  const windows = times.slice(PACE.requests).map((at, i) => at - times[i]);
  assert.ok(Math.min(...windows) >= PACE.perMs - 2, "a window had more than 600");

  // Each item after the first 600 could be sent one window after the one that is 600 before it.
  const late = windows.at(-1) / PACE.perMs - 1;
  const roundTrips = (await scriptsOf(connection)) / COUNT;
  const keys = await connection.keys("*");
  const bytes = (await Promise.all(keys.map((key) => connection.memory("USAGE", key, "SAMPLES", 0)))).reduce((a, b) => a + b, 0) / COUNT;
  t.diagnostic(`${(100 * late).toFixed(1)} % late, ${roundTrips.toFixed(2)} round trips and ${bytes.toFixed(0)} bytes per item`);
  return { late, roundTrips, bytes };
}

for (const limit of ["pace", "rateLimit"]) {
  test(`1,000 items over 8 processes with ${limit}: the time, the round trips and the memory`, { timeout: 300_000 }, async (t) => {
    const late = [];
    do {
      const cost = await measure(t, limit);
      assert.ok(cost.roundTrips <= 4, `${cost.roundTrips} round trips`);
      assert.ok(cost.bytes <= 400, `${cost.bytes} bytes`);
      late.push(cost.late);
    } while (Math.min(...late) > 0.05 && late.length < ATTEMPTS);
    assert.ok(Math.min(...late) <= 0.05, `${late.map((one) => (100 * one).toFixed(1))} % later than the least time`);
  });
}
