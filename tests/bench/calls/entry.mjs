/** Bundled, and run in each runtime. */
import { centerfy } from "../clients/centerfy.mjs";
import { kyTwo } from "../clients/fetch-alone.mjs";
import { handwritten } from "../clients/handwritten.mjs";
import { openai, retell, stripe, vapi } from "../clients/peers.mjs";
import { raw } from "../clients/raw.mjs";
import { operations } from "../clients/stub.mjs";
import { measure } from "./measure.mjs";

/** Separate, because the next client would pay for the garbage that the others leave. */
const GROUPS = [
  { raw, centerfy, handwritten },
  { raw, retell, vapi, stripe, openai, ky: kyTwo },
];

/** The result of `measure` for each group. */
export const run = async (settings) => {
  const groups = [];
  for (const clients of GROUPS) groups.push(await measure(clients, operations, settings));
  return groups;
};
