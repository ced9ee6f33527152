/** The entry for Vercel's edge runtime, which imports modules with `?module`. */
import { creator } from "./create.js";
import module from "./sandbox.wasm?module";

export const createSandbox = /* @__PURE__ */ creator(() => module);
