/**
 * The entry for Deno, whose `fetch` by itself sends a request again when the connection is reset,
 * even a POST that was carried out: a second phone call. It cannot when the body can be read only
 * once.
 */
import { Centerfy as Client } from "./index.js";

export { CenterfyError } from "./index.js";

const fetchOnce = (url, init) =>
  fetch(url, init.method === "POST" ? { ...init, body: new Blob([init.body]).stream(), duplex: "half" } : init);

export class Centerfy extends Client {
  constructor(options) {
    super(options?.fetch ? options : { __proto__: options, fetch: fetchOnce });
  }
}
