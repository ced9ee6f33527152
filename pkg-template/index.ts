/** The default entry. The module's bytes are inlined, so it works in every JavaScript runtime that has WebAssembly. */
import { bytes } from "./generated/bytes.js";
import { client } from "./client.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ client(bytes);
