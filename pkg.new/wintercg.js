// wintercg.ts
import { Centerfy as Client } from "./js.js";

// once.ts
var readOnce = (init) => ({
  ...init,
  body: new Blob([init.body ?? ""]).stream(),
  duplex: "half"
});
var mayRepeat = (url, { method }) => method !== "POST" || url.endsWith("/archive-agent");
var fetchOnce = (url, init) => fetch(url, mayRepeat(url, init) ? init : readOnce(init));
var sendingOnce = (Client2) => class Centerfy extends Client2 {
  constructor(options) {
    super(options?.fetch ? options : Object.setPrototypeOf({ fetch: fetchOnce }, options ?? null));
  }
};

// wintercg.ts
import { CenterfyError } from "./js.js";
var Centerfy = "Deno" in globalThis ? /* @__PURE__ */ sendingOnce(Client) : Client;
export {
  Centerfy,
  CenterfyError
};
