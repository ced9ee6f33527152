import { check } from "./check.mjs";
import { centerfy } from "./client.mjs";

/** What the page shows before any script runs in it. */
export const render = async (agentId) => {
  const agent = await centerfy.getAgent(agentId);
  return `<h1>${agent.id}</h1>`;
};

export { check };
