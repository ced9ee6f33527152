/** All set-ups, in the order in which they run: what fails soonest comes first. */
import { setups as browsers } from "./browsers.mjs";
import { setups as denoAndBun } from "./deno-bun.mjs";
import { setups as node } from "./node.mjs";

export const setups = [...node, ...denoAndBun, ...browsers];
