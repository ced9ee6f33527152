// Shared by the tests of `centerfy/sandbox`: the installed package, and short helpers.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Centerfy, CenterfyError, entry } from "../node/support.mjs";

export { Centerfy, CenterfyError };
export const { createSandbox } = await import(pathToFileURL(join(entry, "../sandbox/index.js")));

/** The package by the way it is loaded. */
export const forms = {
  import: createSandbox,
  require: createRequire(entry)("centerfy/sandbox").createSandbox,
};

/** A sandbox, and a client that reaches only this sandbox. */
export async function pair(options, clientOptions) {
  const sandbox = await createSandbox(options);
  const client = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false, ...clientOptions });
  return { sandbox, client };
}

/** Sends a request with the sandbox's key, without the client. */
export const ask = (sandbox, path, init = {}) =>
  sandbox.fetch(`${sandbox.baseUrl}/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${sandbox.apiKey}`, ...init.headers },
  });

/** The path of the sandbox's first agent. */
export const agentPath = (sandbox) => `get-agent/${sandbox.agents()[0].id}`;

/** A message to the sandbox's first contact. */
export const messageTo = (sandbox, content = "See you at ten.") => ({
  content,
  ai: false,
  conversation_id: sandbox.contacts()[0].conversation_id,
  channel: "sms",
});

/** Everything that a sandbox exposes. */
export const everything = (sandbox) =>
  structuredClone({
    agents: sandbox.agents(),
    contacts: sandbox.contacts(),
    conversations: sandbox.contacts().map(({ id }) => sandbox.conversation(id)),
    calls: sandbox.calls(),
    deliveries: sandbox.deliveries(),
    log: sandbox.log(),
  });

/** Whether a promise is still pending after everything that is ready has run. */
export async function isPending(promise) {
  let open = true;
  const settled = () => (open = false);
  promise.then(settled, settled);
  for (let turns = 0; turns < 50; turns++) await null;
  return open;
}

/** Asserts that a function throws, or its promise rejects with, a TypeError with these words. */
export async function refuses(act, words) {
  await assert.rejects(async () => act(), (error) => {
    assert.ok(error instanceof TypeError, `no TypeError: ${error?.stack ?? error}`);
    for (const word of [words].flat()) assert.ok(error.message.includes(word), `"${word}" is not in: ${error.message}`);
    return true;
  });
}
