// A page behind a proxy whose connection is reset instead of the response. Chromium and Firefox then
// repeat the POST by themselves, without the page's knowledge.
import { Centerfy } from "./node_modules/centerfy/index.js";

const { world } = await (await fetch("./world.json")).json();
const { organization_id, sub_account_id, agents, contacts } = world;
const client = new Centerfy({ proxy: "/api/centerfy" });

const call = async () => {
  // Makes a connection for the next request to reuse.
  await client.getAgent(agents[0].id);
  const made = await client.makeAiCall(agents[0].id, { contact_id: contacts[0].id, organization_id, sub_account_id });
  return { passed: [made.status] };
};

const result = await call().catch((error) => ({ failed: `${error.stack} ${JSON.stringify(error)}` }));
const to = new URLSearchParams(location.search).get("report");
await fetch(to, { method: "POST", body: JSON.stringify({ "page behind a proxy": result }) });
