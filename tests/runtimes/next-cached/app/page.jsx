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

/** Rendered during the build, where random numbers and the time of day are not allowed. */
export default async function Page() {
  const agent = await centerfy.getAgent(await agentId());
  return <h1>{agent.name}</h1>;
}

const agentId = async () => {
  "use cache";
  return process.env.AGENT_ID;
};
