/** The entry for Cloudflare Workers, which compile modules only at deployment. */
import { creator } from "./create.js";
import module from "./sandbox.wasm";

export const createSandbox = /* @__PURE__ */ creator(() => module);
