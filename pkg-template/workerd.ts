/** The entry for Cloudflare Workers, which compile modules at deployment only. */
import module from "./centerfy.wasm";
import { client } from "./client.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(() => module);
