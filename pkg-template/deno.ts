/** The entry for Deno. */
import { Centerfy as Client } from "./index.js";
import { sendingOnce } from "./once.js";

export { CenterfyError } from "./index.js";
export const Centerfy = /* @__PURE__ */ sendingOnce(Client);
