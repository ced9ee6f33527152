// Stands in for a reader of the README: an API key, their ids, and the sandbox at the addresses of the API in
// the README. Imported before a block, which stays unchanged.

import { Centerfy } from "centerfy";

const env = globalThis.Deno ? globalThis.Deno.env.toObject() : process.env;
const sandbox = env.CENTERFY_SANDBOX;
const world = JSON.parse(env.READER_WORLD);

const there = [
  ["https://crmwebhook.com/functions/v1/crm-api", `${sandbox}/functions/v1/crm-api`],
  ["http://127.0.0.1:8787", sandbox],
];
const fetch = globalThis.fetch;
globalThis.fetch = async (url, init) => {
  const text = String(url);
  if (text.startsWith("file:")) return file(text);
  const [from, to] = there.find(([from]) => text.startsWith(from)) ?? ["", ""];
  return fetch(to + text.slice(from.length), init);
};

/** As a web server would pass it. */
async function file(url) {
  const { readFile } = await import("node:fs/promises");
  return new Response(await readFile(new URL(url)), { headers: { "content-type": "application/wasm" } });
}

Object.assign(globalThis, {
  agentId: world.agents[0].id,
  contactId: world.contacts[0].id,
  contact_id: world.contacts[0].id,
  conversation_id: world.contacts[0].conversation_id,
  organization_id: world.organization_id,
  sub_account_id: world.sub_account_id,
  centerfy: new Centerfy({ apiKey: world.api_key }),
  show: console.log,
});
