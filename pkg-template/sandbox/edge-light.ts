/** The entry for Vercel's edge runtime, which takes modules by this kind of import. */
import { creator } from "./create.js";
import module from "./sandbox.wasm?module";

export const createSandbox = /* @__PURE__ */ creator(() => module);
