/**
 * For Deno, whose `fetch` resends a request by itself when the connection is reset, even a POST that the
 * server has processed: that would be a second phone call. It cannot resend a body that can be read only once.
 */
import type { Centerfy as Api } from "./public.js";
import type { CenterfyOptions, FetchInit } from "./types.js";

type Class = new (options?: CenterfyOptions) => Api;

const withSingleUseBody = (init: FetchInit) => ({
  ...init,
  body: new Blob([init.body ?? ""]).stream(),
  duplex: "half",
});

/** Archiving is idempotent, and some servers reject a body without a length. */
const isIdempotent = (url: string, { method }: FetchInit) => method !== "POST" || url.endsWith("/archive-agent");

const denoFetch = (url: string, init: FetchInit) => fetch(url, isIdempotent(url, init) ? init : withSingleUseBody(init));

/** For entries that Deno shares with other runtimes, such as the one for `require`. */
export const withDenoFetchInDeno = (Client: Class): Class => ("Deno" in globalThis ? withDenoFetch(Client) : Client);

/** A client whose default `fetch` keeps Deno from resending what must not be processed twice. */
export const withDenoFetch = (Client: Class): Class =>
  class Centerfy extends Client {
    constructor(options?: CenterfyOptions) {
      super(options?.fetch ? options : Object.setPrototypeOf({ fetch: denoFetch }, options ?? null));
    }
  };
