// A program that works through a list of people with `run.all()`, and kills itself at a stage of its work.
// CENTERFY_VICTIM has its settings as JSON. It prints how many items ended in each state.

import { createRequire } from "node:module";
import { Centerfy } from "../node/support.mjs";
import { redisStore } from "../proxy/load.mjs";
import { createRun } from "./load.mjs";

const { world, baseUrl, redisUrl, count, moment, nth = 1, clockMs = 0, hours, id = "recall", pace, rateLimit = false } = JSON.parse(process.env.CENTERFY_VICTIM);

/** This machine's clock is wrong. */
const now = Date.now;
Date.now = () => now() + clockMs;

let reached = 0;
const at = (stage) => {
  if (stage === moment && ++reached === nth) process.kill(process.pid, "SIGKILL");
};

const connection = new (createRequire(new URL("../stores/x.js", import.meta.url))("ioredis"))(redisUrl, { retryStrategy: () => 50, maxRetriesPerRequest: null });
connection.on("error", () => {});

const store = redisStore(connection);
const around = (step) => {
  const take = store.runs[step];
  store.runs[step] = async (...args) => {
    at(`before ${step}`);
    const reply = await take(...args);
    at(`after ${step}`);
    return reply;
  };
};
["claim", "startItem", "endItem"].forEach(around);

const centerfy = new Centerfy({
  apiKey: world.api_key,
  baseUrl,
  rateLimit,
  store,
  async fetch(url, init) {
    at("before the request");
    const answering = fetch(url, init);
    if (moment === "during the request") setTimeout(at, 2, moment);
    const response = await answering;
    const text = await response.text();
    at("after the request");
    return new Response(text, response);
  },
});

const allow = async () => {
  at("in allow");
  return true;
};

function* items() {
  for (let i = 0; i < count; i++) {
    const sendMessage = { content: `Hello ${i}`, ai: false, conversation_id: world.contacts[0].conversation_id, channel: "sms" };
    yield { key: `person-${i}`, timeZone: "UTC", sendMessage };
  }
}

const states = {};
for await (const { state } of createRun({ centerfy, store, id, hours, pace, allow }).all(items())) states[state] = (states[state] ?? 0) + 1;
console.log(JSON.stringify(states));
connection.disconnect();
