import { check } from "./check.mjs";
import { centerfy } from "./client.mjs";

/** The page's content before any script runs in it. */
export const render = async (agentId) => {
  const agent = await centerfy.getAgent(agentId);
  return `<h1>${agent.id}</h1>`;
};

export { check };
