/**
 * The entry for Node.js and for `require`: the default entry, and the module as a script as a fallback. A
 * build for Node.js may run elsewhere: OpenNext moves it to Workers, which do not compile bytes.
 */
import { client } from "./client.js";
import { withDenoFetchInDeno } from "./deno-fetch.js";
import { bytes } from "./generated/bytes.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ withDenoFetchInDeno(client(bytes));
