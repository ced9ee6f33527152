/**
 * For Deno, whose `fetch` by itself sends a request again when the connection is reset, even a POST
 * that was carried out: a second phone call. It cannot when the body can be read only once.
 */
import type { Centerfy as Api } from "./public.js";
import type { CenterfyOptions, FetchInit } from "./types.js";

type Class = new (options?: CenterfyOptions) => Api;

const readOnce = (init: FetchInit) => ({
  ...init,
  body: new Blob([init.body ?? ""]).stream(),
  duplex: "half",
});

/** Archiving twice is archiving once, and some servers refuse what is sent without a length. */
const mayRepeat = (url: string, { method }: FetchInit) => method !== "POST" || url.endsWith("/archive-agent");

const fetchOnce = (url: string, init: FetchInit) => fetch(url, mayRepeat(url, init) ? init : readOnce(init));

/** For entries that Deno shares with other runtimes, such as `require`'s. */
export const sendingOnceInDeno = (Client: Class): Class => ("Deno" in globalThis ? sendingOnce(Client) : Client);

/** A client that sends with Deno's `fetch` what it cannot send twice. */
export const sendingOnce = (Client: Class): Class =>
  class Centerfy extends Client {
    constructor(options?: CenterfyOptions) {
      super(options?.fetch ? options : Object.setPrototypeOf({ fetch: fetchOnce }, options ?? null));
    }
  };
