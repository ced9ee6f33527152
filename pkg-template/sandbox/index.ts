/** The default entry: the module's bytes are inlined, so it works wherever JavaScript does. */
import { bytes } from "./bytes.js";
import { creator } from "./create.js";

export const createSandbox = /* @__PURE__ */ creator(bytes);
