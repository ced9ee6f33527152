// The rule for places, in TypeScript for the Durable Object and in Lua for Redis: by the same schedules
// of chance both say the same, no window is too full, and no earlier time would do.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startRedis } from "./redis.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { build } = createRequire(here("../../xtask/package.json"))("esbuild");

/** The package's own sources, which does not export them. */
const source = async (path) => {
  const { outputFiles } = await build({ entryPoints: [here(path)], format: "esm", bundle: true, write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
};

/** Chance that is the same every time. */
const chance = (seed) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

const fits = (times, requests, perMs) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.every((at, i) => i < requests || at - sorted[i - requests] >= perMs);
};

test("1 000 schedules", async (t) => {
  const { earliest } = await source("../../pkg-template/stores/earliest.ts");
  const { EARLIEST_ALONE } = await source("../../pkg-template/stores/scripts.ts");
  const server = await startRedis();
  const redis = new (createRequire(import.meta.url)("ioredis"))(server.url);
  t.after(async () => {
    redis.disconnect();
    await server.stop();
  });
  for (let schedule = 0; schedule < 1_000; schedule++) {
    const random = chance(schedule);
    const pick = (most) => Math.floor(random() * most);
    const [requests, perMs] = [1 + pick(5), 1 + pick(40)];
    let given = [];
    let now = 0;
    for (let step = 0; step < 12; step++) {
      now += pick(perMs);
      // Some leave before it is their turn.
      given = given.filter((at) => at < now || random() > 0.2);
      const from = now + (random() < 0.2 ? pick(60) : 0);
      const at = earliest(given, from, requests, perMs);
      const says = JSON.stringify({ given, from, requests, perMs });
      assert.equal(await redis.eval(EARLIEST_ALONE, 0, from, requests, perMs, ...given), at, says);
      assert.ok(at >= from && fits([...given, at], requests, perMs), `${says}: ${at}`);
      for (let before = from; before < at; before++) assert.ok(!fits([...given, before], requests, perMs), `${says}: ${before} would do, not ${at}`);
      given = [...given, at].sort((a, b) => a - b);
    }
  }
});
