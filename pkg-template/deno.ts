/** The entry for Deno. */
import { withDenoFetch } from "./deno-fetch.js";
import { Centerfy as Client } from "./index.js";

export { CenterfyError } from "./index.js";
export const Centerfy = /* @__PURE__ */ withDenoFetch(Client);
