/**
 * The entry for runtimes without WebAssembly: React Native, `node --jitless`, a browser in lockdown mode. It
 * runs the module as a script and needs no bytes.
 */
import { client } from "./client.js";
import { withDenoFetchInDeno } from "./deno-fetch.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ withDenoFetchInDeno(client(() => new Uint8Array()));
