/**
 * The entry where there is no WebAssembly: React Native, `node --jitless`, a browser in lockdown
 * mode. The module is a script here, and what stands in for WebAssembly needs no bytes.
 */
import { client } from "./client.js";
import { sendingOnceInDeno } from "./once.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ sendingOnceInDeno(client(() => new Uint8Array()));
