/** The default entry: the module's bytes are inlined, so it works wherever JavaScript does. */
import { bytes } from "./generated/bytes.js";
import { client } from "./client.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(bytes);
