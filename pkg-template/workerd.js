/** The entry for Cloudflare Workers, which compile modules only at deployment. */
import { client } from "./client.js";
import module from "./centerfy.wasm";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(() => module);
