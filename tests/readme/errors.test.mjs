// The table of codes in the README: each code is provoked, and its message is that of the table.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Centerfy, baseUrl, failure, freshCopy, makeWorld, newAgent } from "../node/support.mjs";
import { textOf } from "./blocks.mjs";

const world = await makeWorld();
const client = world.client({ maxRetries: 0 });
const { agents, contacts, organization_id, sub_account_id } = world;
const agentId = agents[0].id;
const call = { contact_id: contacts[0].id, organization_id, sub_account_id };
const { conversation_id } = contacts[0];
const withKey = (apiKey) => new Centerfy({ apiKey, baseUrl, rateLimit: false });

const provoke = {
  validation: () => client.createAgent({ ...newAgent, temperature: 2 }),
  bad_request: () => client.makeAiCall(agentId, { ...call, contact_id: "unknown" }),
  authentication: () => withKey("cfy_wrong").getAgent(agentId),
  permission: () => withKey(world.other_key).getAgent(agentId),
  not_found: () => client.getAgent("unknown"),
  async rate_limited() {
    const busy = await makeWorld({ rate_limit: { requests: 1, per_ms: 60_000 } });
    const [{ id }] = busy.agents;
    await busy.client().getAgent(id);
    return busy.client().getAgent(id);
  },
  async server() {
    await world.fault({ operation: "sendMessage", type: "answer", status: 502, body: "<h1>Bad gateway</h1>" });
    return client.sendMessage({ content: "Hello", ai: false, conversation_id, channel: "sms" });
  },
  async http() {
    await world.fault({ operation: "getAgent", type: "answer", status: 418, body: "short and stout" });
    return client.getAgent(agentId);
  },
  async network() {
    await world.fault({ operation: "makeAiCall", type: "drop", when: "after" });
    return client.makeAiCall(agentId, call);
  },
  async timeout() {
    await world.fault({ operation: "getAgent", type: "stall_headers" });
    return client.getAgent(agentId, { attemptTimeout: 50 });
  },
  async parse() {
    await world.fault({ operation: "getAgent", type: "answer", status: 200, body: "<!doctype html>" });
    return client.getAgent(agentId);
  },
  async load() {
    const { Module, instantiate } = WebAssembly;
    const refused = new WebAssembly.CompileError("refused by the page's policy");
    WebAssembly.Module = class {
      constructor() {
        throw refused;
      }
    };
    WebAssembly.instantiate = () => Promise.reject(refused);
    try {
      const { Centerfy: Fresh } = await freshCopy();
      return await new Fresh({ apiKey: "cfy_fresh", baseUrl }).getAgent(agentId).catch((error) => {
        // Of another copy of the package, for which `instanceof` is false.
        throw Object.assign(Object.create(copied), { ...error, message: error.message });
      });
    } finally {
      Object.assign(WebAssembly, { Module, instantiate });
    }
  },
};
const copied = await failure(client.getAgent("")).then(Object.getPrototypeOf);

/** The number of remaining seconds varies. */
const steady = (words) => words.replace(/\d+ s /, "… s ");

for (const file of ["README.md"]) {
  const rows = [...textOf(file).matchAll(/^\| `(\w+)` \|.*\| `([^|]*)` \|$/gm)].filter(([, code]) => code in provoke);

  test(`${file} shows each code once`, () => {
    assert.deepEqual(rows.map(([, code]) => code).sort(), Object.keys(provoke).sort());
  });

  for (const [, code, words] of rows) {
    test(`${file} has the message of ${code}`, async () => {
      const error = await failure(provoke[code](), { code });
      assert.equal(steady(error.message), steady(words));
    });
  }
}
