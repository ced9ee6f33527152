/** The entry `centerfy/runs`. */
export { createRun } from "./run.js";
