// A proxy in its own process, which kills itself at a certain stage of the first request.
// CENTERFY_VICTIM has its settings as JSON.

import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { killAt } from "../support/kill-at.mjs";
import { neverTwice } from "../support/samples.mjs";
import { createProxy, memoryStore, redisStore, toNodeHandler } from "./load.mjs";

const { apiKey, baseUrl, port, moment, marker, redisUrl, rateLimit = false, begins, attemptTimeout = 1_000 } = JSON.parse(process.env.CENTERFY_VICTIM);
const require = createRequire(new URL("../stores/x.js", import.meta.url));

const at = killAt({ moment, marker });

let waiting = 0;
const store = redisUrl ? redisStore(new (require("ioredis"))(redisUrl)) : memoryStore();
const { records } = store;
const watched = {
  ...records,
  async begin(...args) {
    // From here on no other process can tell whether the request was sent.
    if (begins) writeFileSync(begins, "");
    const begun = await records.begin(...args);
    at("the record is written");
    return begun;
  },
  async finish(...args) {
    await records.finish(...args);
    at("the answer is written down");
  },
};

/** Counts the queued calls. */
const limiterOf = (limit) => {
  const limiter = store.limiter(limit);
  return {
    hold: limiter.hold,
    async acquire(info) {
      waiting++;
      try {
        return await limiter.acquire(info);
      } finally {
        waiting--;
      }
    },
  };
};

const proxy = createProxy({
  apiKey,
  baseUrl,
  path: "/api/centerfy",
  allow: neverTwice,
  origins: ["none"],
  rateLimit,
  attemptTimeout,
  store: { limiter: limiterOf, quotas: store.quotas, records: watched },
  authorize() {
    at("nothing is written");
    return "mia";
  },
  async fetch(url, init) {
    const answering = fetch(url, init);
    // The request is on the wire once the API's delay has started.
    if (moment === "the request is on the wire" && !existsSync(marker)) setTimeout(at, 150, moment);
    const response = await answering;
    const text = await response.text();
    at("the answer is on its way");
    return new Response(text, response);
  },
});
const handler = toNodeHandler(proxy);
createServer((request, response) => {
  if (request.url === "/waiting") return response.end(String(waiting));
  if (moment === "the answer is lost" && !existsSync(marker)) {
    writeFileSync(marker, "");
    response.end = () => request.socket.resetAndDestroy();
  }
  return handler(request, response);
}).listen(port, "127.0.0.1", () => console.log("listening"));
