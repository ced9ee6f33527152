/** The default entry. The module's bytes are inlined, so it works in every JavaScript runtime. */
import { bytes } from "./bytes.js";
import { creator } from "./create.js";

export const createSandbox = /* @__PURE__ */ creator(bytes);
