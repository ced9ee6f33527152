import { Centerfy } from "centerfy";
import { apiKey, sandbox } from "../world.mjs";

const read = async (url, headers) => {
  "use cache";
  return (await fetch(url, { headers })).text();
};

const centerfy = new Centerfy({
  apiKey,
  baseUrl: sandbox + "/functions/v1/crm-api",
  fetch: async (url, { headers }) => new Response(await read(url, headers)),
});

/** Rendered when the project is built: no chance and no time of day may be asked for. */
export default async function Page() {
  const agent = await centerfy.getAgent(await agentId());
  return <h1>{agent.name}</h1>;
}

const agentId = async () => {
  "use cache";
  return process.env.AGENT_ID;
};
