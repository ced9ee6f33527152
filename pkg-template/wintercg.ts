/**
 * The entry for Nitro's builds for Workers, edge functions and Deno Deploy. They take no WebAssembly
 * unless an option says so, and all look alike to a package.
 */
import { Centerfy as Client } from "./js.js";
import { sendingOnce } from "./once.js";

export { CenterfyError } from "./js.js";
export const Centerfy = "Deno" in globalThis ? /* @__PURE__ */ sendingOnce(Client) : Client;
