/** What each client does with failed calls, at its defaults; bundled and run in Node.js. */
import { answer, stub } from "../../support/fetch.mjs";
import { centerfy } from "../clients/centerfy.mjs";
import { kyOne, kyTwo, ofetch, wretchClient } from "../clients/fetch-alone.mjs";
import { openai, retell, stripe, vapi } from "../clients/peers.mjs";

const CLIENTS = { centerfy, wretch: wretchClient, ofetch, "ky-1": kyOne, "ky-2": kyTwo, retell, vapi, stripe, openai };

const FAULTS = {
  503: () => answer({}, 503),
  429: () => answer({}, 429, { "retry-after": "1" }),
  lost: () => Promise.reject(new TypeError("fetch failed")),
  html: () => answer("<!doctype html>"),
};

/** How often a call was sent, its shortest pause before a retry, and its outcome. */
const observe = async (make, respond, operation) => {
  const fetch = stub(respond);
  const ended = await make(fetch)
    [operation]()
    .then(
      () => "answer",
      () => "error",
    );
  const waits = fetch.sent.slice(1).map(({ at }, i) => at - fetch.sent[i].at);
  return { sent: fetch.sent.length, leastWait: waits.length ? Math.min(...waits) : undefined, ended };
};

/** By client, by fault, by operation. Concurrently, since most of the time is waiting. */
export const run = async () => {
  const found = {};
  const all = [];
  for (const [client, make] of Object.entries(CLIENTS)) {
    found[client] = {};
    for (const [fault, respond] of Object.entries(FAULTS)) {
      found[client][fault] = {};
      for (const operation of ["getAgent", "createAgent"]) {
        all.push(observe(make, respond, operation).then((seen) => (found[client][fault][operation] = seen)));
      }
    }
  }
  await Promise.all(all);
  return found;
};
