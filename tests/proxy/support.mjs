// Shared by the tests of `centerfy/proxy`: the installed package, and an app in this process.

import { createHash } from "node:crypto";
import { Centerfy, CenterfyError } from "../node/support.mjs";
import { createSandbox } from "../sandbox/support.mjs";
import { everyName } from "../support/samples.mjs";
import { createProxy } from "./load.mjs";

export { Centerfy, CenterfyError, createSandbox };

export * from "./load.mjs";


/** An app on a sandbox, in this process: its proxy, and a client behind it. */
export async function app({ client: clientOptions, sandbox: sandboxOptions, ...options } = {}) {
  const sandbox = await createSandbox(sandboxOptions);
  const troubles = [];
  const { apiKey, fetch } = sandbox;
  const proxy = createProxy({
    apiKey,
    fetch,
    path: "/api/centerfy",
    allow: everyName,
    authorize: ({ request }) => request.headers.get("x-subject") ?? "mia",
    origins: ["none"],
    onError: (error, trouble) => troubles.push({ error, ...trouble }),
    ...options,
  });
  const answers = [];
  const send = async (url, init) => {
    const response = await proxy(new Request(url, init));
    answers.push(response.clone());
    return response;
  };
  const client = new Centerfy({ proxy: "http://app.test/api/centerfy", fetch: send, rateLimit: false, ...clientOptions });
  const message = { content: "See you at ten.", ai: false, conversation_id: sandbox.contacts()[0].conversation_id, channel: "sms" };
  return { sandbox, proxy, client, send, answers, troubles, message };
}

/** Fakes the timers; with "Date", both clocks as well. */
export const fakeTimers = (t, ...more) => {
  t.mock.timers.enable({ apis: ["setTimeout", ...more] });
  if (more.includes("Date")) t.mock.method(performance, "now", () => Date.now());
  const digest = async (_algorithm, bytes) => createHash("sha256").update(bytes).digest();
  t.mock.method(crypto.subtle, "digest", digest);
};

/** Waits for one turn of the event loop. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Resolves to a promise's value while the fake timers advance. Digests are synchronous, since timers do not wait for another thread. */
export const ticking = async (t, promise, ms = 100) => {
  let isOver = false;
  const over = promise.finally(() => (isOver = true));
  over.catch(() => {});
  while (!isOver) {
    await turn();
    t.mock.timers.tick(ms);
  }
  return over;
};

/** Waits for a condition while the event loop keeps running. */
export const untilTrue = async (holds) => {
  do await turn();
  while (!(await holds()));
};
