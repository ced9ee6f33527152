/**
 * The entry for Node.js, and for `require`: the default one, and the module as a script besides. What
 * is built for Node.js may be run elsewhere: OpenNext takes it to Workers, which compile no bytes.
 */
import { client } from "./client.js";
import { bytes } from "./generated/bytes.js";
import { sendingOnceInDeno } from "./once.js";

export { CenterfyError } from "./error.js";
export const Centerfy = /* @__PURE__ */ sendingOnceInDeno(client(bytes));
