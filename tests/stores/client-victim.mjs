// A program that makes one call with an idempotency key, and kills itself at a certain stage of it the first time.
// CENTERFY_VICTIM has its settings as JSON.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { redisStore } from "../proxy/load.mjs";
import { Centerfy, CenterfyError } from "../node/support.mjs";
import { killAt } from "../support/kill-at.mjs";
import { operations } from "../support/samples.mjs";

const { world, baseUrl, operation, moment, marker, redisUrl, idempotencyKey, rateLimit } = JSON.parse(process.env.CENTERFY_VICTIM);
const connection = new (createRequire(import.meta.url)("ioredis"))(redisUrl);

const at = killAt({ moment, marker });

const store = redisStore(connection);
const { records } = store;
const watched = {
  ...records,
  async read(...args) {
    const state = await records.read(...args);
    at("the record is read");
    return state;
  },
  async begin(...args) {
    const begun = await records.begin(...args);
    at("the record is written");
    return begun;
  },
  async finish(...args) {
    await records.finish(...args);
    at("the answer is recorded");
  },
};

const client = new Centerfy({
  apiKey: world.api_key,
  baseUrl,
  rateLimit,
  store: { ...store, records: watched },
  onEvent: ({ type }) => type === "request" && at("the request is about to leave"),
  async fetch(url, init) {
    const answering = fetch(url, init);
    if (moment === "the request is on the wire" && !existsSync(marker)) setTimeout(at, 150, moment);
    const response = await answering;
    const text = await response.text();
    at("the answer is on its way");
    return new Response(text, response);
  },
});

const outcome = await operations[operation].call(client, world, { idempotencyKey }).then(
  (answer) => ({ answer }),
  (error) => ({ error: { message: error.message, isOurs: error instanceof CenterfyError, maybeDelivered: error.maybeDelivered } }),
);
console.log(JSON.stringify(outcome));
connection.disconnect();
