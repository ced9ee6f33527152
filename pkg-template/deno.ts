/**
 * The entry for Deno, whose `fetch` by itself sends a request again when the connection is reset,
 * even a POST that was carried out: a second phone call. It cannot when the body can be read only
 * once.
 */
import type { CenterfyOptions, FetchInit } from "./types.js";
import { Centerfy as Client } from "./index.js";

export { CenterfyError } from "./index.js";

const readOnce = (init: FetchInit) => ({
  ...init,
  body: new Blob([init.body ?? ""]).stream(),
  duplex: "half",
});

const fetchOnce = (url: string, init: FetchInit) =>
  fetch(url, init.method === "POST" ? readOnce(init) : init);

export class Centerfy extends Client {
  constructor(options?: CenterfyOptions) {
    super(options?.fetch ? options : Object.setPrototypeOf({ fetch: fetchOnce }, options ?? null));
  }
}
