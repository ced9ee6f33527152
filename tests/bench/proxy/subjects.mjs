/** The measured steps, in Node.js and in workerd: a proxied call, a slot, a record. It imports nothing of a runtime. */
import { createProxy } from "centerfy/proxy";
import { always } from "../../support/fetch.mjs";
import { handwritten } from "./handwritten.mjs";

const SITE = "https://app.example";
const PATH = "/api/centerfy";
const ID = "0d5d1d7e-3f43-4d7b-9d3c-1b1f6a2f5a11";
const MESSAGE = JSON.stringify({ content: "See you at ten.", ai: false, conversation_id: ID, channel: "sms" });

/** The API without a network. */
const fetch = always({ id: ID, name: "Reception", message_id: "msg_1", delivered: true });

const settings = { apiKey: "cfy_0123456789abcdef", baseUrl: "https://crm.example/functions/v1/crm-api", path: PATH, fetch };

/** No request is ever queued, and windows are short. */
const NO_WAIT = { requests: 1_000, perMs: 1 };

/** As many slots per second as one sequential caller can take. */
const WAITS = { requests: 60, perMs: 10 };

let keys = 0;

const REQUESTS = {
  getAgent: () => new Request(`${SITE}${PATH}/get-agent/${ID}`),
  sendMessage: () =>
    new Request(`${SITE}${PATH}/send-message`, {
      method: "POST",
      headers: { origin: SITE, "content-type": "application/json", "idempotency-key": `"key-${++keys}"` },
      body: MESSAGE,
    }),
};

const proxies = {
  /** No proxy: the cost of a request and its response alone. */
  none: () => () => fetch(SITE, {}),
  handwritten: () => handwritten(settings),
  centerfy: (store) =>
    createProxy({ ...settings, store, rateLimit: NO_WAIT, allow: Object.keys(REQUESTS), authorize: () => "mia" }),
};

/** Returns a function that makes one call through that proxy. */
export const caller = (name, operation, store) => {
  const proxy = proxies[name](store);
  const request = REQUESTS[operation];
  return async () => {
    const response = await proxy(request());
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  };
};

const beginning = { owner: "bench", fingerprint: "f", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };

/** The steps of a store, each once. */
export const steps = (store) => {
  const free = store.limiter(NO_WAIT, "free");
  const full = store.limiter({ requests: 1, perMs: 50 }, "full");
  return {
    place: () => free.acquire({ operation: "getAgent", attempt: 1 }),
    wait: () => full.acquire({ operation: "getAgent", attempt: 1 }),
    async record() {
      const key = `record-${++keys}`;
      await store.records.begin(key, beginning);
      await store.records.finish(key, beginning.owner, '{"status":200}');
    },
    quota: () => store.quotas.admit("mia", NO_WAIT, `request-${++keys}`),
  };
};

/** Queues that many requests at once, and waits until all have a slot. */
export const wait = async (store, waiting) => {
  const limiter = store.limiter(WAITS, `waiting-${waiting}-${++keys}`);
  await Promise.all(Array.from({ length: waiting }, () => limiter.acquire({ operation: "getAgent", attempt: 1 })));
};
