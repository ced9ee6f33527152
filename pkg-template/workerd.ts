/** The entry for Cloudflare Workers, which compile modules only at deployment. */
import module from "./centerfy.wasm";
import { client } from "./client.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(() => module);
