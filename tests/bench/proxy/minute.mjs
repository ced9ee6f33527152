/** The cost of a request for a Durable Object at the API's limit of one a second, in the documented setup. */
import { createProxy } from "centerfy/proxy";
import { always } from "../../support/fetch.mjs";

const SITE = "https://app.example";
const PATH = "/api/centerfy";
const ID = "0d5d1d7e-3f43-4d7b-9d3c-1b1f6a2f5a11";
const MESSAGE = JSON.stringify({ content: "See you at ten.", ai: false, conversation_id: ID, channel: "sms" });
const SECOND_MS = 1_000;

const now = Date.now;
let ahead = 0;
/** The object's clock, which the benchmark advances instead of waiting. */
Date.now = () => now() + ahead;

let keys = 0;

const requests = {
  getAgent: () => new Request(`${SITE}${PATH}/get-agent/${ID}`),
  sendMessage: () =>
    new Request(`${SITE}${PATH}/send-message`, {
      method: "POST",
      headers: { origin: SITE, "content-type": "application/json", "idempotency-key": `"minute-${++keys}"` },
      body: MESSAGE,
    }),
};

const proxyOf = (store) =>
  createProxy({
    apiKey: "cfy_0123456789abcdef",
    baseUrl: "https://crm.example/functions/v1/crm-api",
    path: PATH,
    fetch: always({ id: ID, message_id: "msg_1", delivered: true }),
    allow: Object.keys(requests),
    authorize: () => "mia",
    store,
  });

/** Sends one request per second. The proxy is kept, or made for each request. */
export const minute = (makeStore, operation, isKept) => {
  const kept = proxyOf(makeStore());
  return async (context) => {
    ahead += SECOND_MS;
    const proxy = isKept ? kept : proxyOf(makeStore());
    const response = await proxy(requests[operation](), context);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  };
};
