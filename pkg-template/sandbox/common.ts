/** The entry for `require` in Node.js. It reads the module's file. */
import { readFileSync } from "node:fs";
import { creator } from "./create.js";

export const createSandbox = /* @__PURE__ */ creator(() => readFileSync(`${__dirname}/sandbox.wasm`));
