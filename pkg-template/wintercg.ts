/**
 * The entry for Nitro's builds for Workers, edge functions and Deno Deploy. They accept WebAssembly only if an
 * option enables it, and a package cannot tell them apart at build time.
 */
import { withDenoFetch } from "./deno-fetch.js";
import { Centerfy as Client } from "./js.js";

export { CenterfyError } from "./js.js";
export const Centerfy = "Deno" in globalThis ? /* @__PURE__ */ withDenoFetch(Client) : Client;
