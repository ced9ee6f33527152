/** The entry for Vercel's edge runtime, where modules are imported with `?module`. */
import module from "./centerfy.wasm?module";
import { client } from "./client.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(() => module);
