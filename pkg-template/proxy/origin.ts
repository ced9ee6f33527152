/** Which pages may send requests: those of the same origin, and those of the origins that are named. */
import { EVERY, Refusal, type Headers } from "./refusal.js";

/** The headers of an answer that pages of another origin may read. */
const EXPOSED = "retry-after, x-request-id, centerfy-maybe-delivered, idempotency-replayed";
/** The headers that a client sends. */
const SENT = "content-type, accept, authorization, idempotency-key, centerfy-since";
/** How long a browser may cache the answer to a preflight, in seconds. */
const REMEMBERED = "600";
/** The names of headers, as `access-control-request-headers` lists them. */
const NAMES = /^[\w!#$%&'*+.^`|~-]+( *, *[\w!#$%&'*+.^`|~-]+)*$/;
/** How much of the caller's text is repeated in a message. */
const QUOTED = 100;

/** The host in the scheme of an origin: in lower case, and without the port that is that scheme's own. */
const hostOf = (scheme: string, host: string | null): string | undefined => {
  if (!host || /[/?#@\\\s]/.test(host)) return undefined;
  try {
    return new URL(`${scheme}//${host}`).host;
  } catch {
    return undefined;
  }
};

/**
 * Whether the origin has the request's host. Behind a server that ends TLS the scheme differs and the
 * host is the same. The URL that Next.js gives a route names `localhost`: what the browser asked for is
 * in the Host header, which no page can set.
 */
const isSame = (origin: string, url: URL, headers: globalThis.Headers): boolean => {
  const [, scheme, host] = /^(https?:)\/\/(.+)$/.exec(origin) ?? [];
  if (!scheme) return false;
  const own = hostOf(scheme, host!);
  return own !== undefined && (own === url.host || own === hostOf(scheme, headers.get("host")));
};

const quote = (text: string) => text.slice(0, QUOTED);

/** The headers that let a page of another origin read the answer. */
const shared = (origin: string): Headers => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": EXPOSED,
  vary: "origin",
});

/** A request that names no origin: browsers name one with everything that is not a GET. */
const admitUnnamed = (origins: Set<string>, method: string, site: string | null): Headers => {
  const isRead = method === "GET" && (site === null || site === "none");
  if (isRead || (site === null && origins.has("none"))) return {};
  throw new Refusal(
    403,
    site === null
      ? 'The request has no Origin header. Browsers send one; for servers and tests add "none" to `origins`'
      : `The request has no Origin header, and comes from another site (sec-fetch-site: ${quote(site)})`,
  );
};

/** The headers of the answer if the origin is allowed; throws a refusal if it is not. */
export const admit = (origins: Set<string>, { headers, method }: Request, url: URL): Headers => {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && origins.has(origin)) return shared(origin);
  // The browser sets it and no page can. It compares the origins before anything in front rewrites Host.
  if (site === "same-origin") return { vary: "origin" };
  if (origin === null) return admitUnnamed(origins, method, site);
  if (isSame(origin, url, headers)) return { vary: "origin" };
  const host = headers.get("host") ?? url.host;
  throw new Refusal(
    403,
    `Origin ${quote(origin)} is not allowed: the request is for the host ${quote(host)}. ` +
      "To allow its pages, add it to `origins`",
  );
};

/** The headers that a page of a named origin may send, besides the client's: those of the app. */
const ofApp = (allowed: readonly string[] | undefined, { headers }: Request): string => {
  const asked = headers.get("access-control-request-headers") ?? "";
  const names = allowed ? allowed.join(", ") : NAMES.test(asked) ? asked : "";
  return names && `, ${names}`;
};

/** The answer to a preflight. `allowed` are the app's own headers; all that the browser asks for when left out. */
export const preflight = (admitted: Headers, request: Request, allowed: readonly string[] | undefined): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...EVERY,
      ...admitted,
      vary: "origin, access-control-request-headers",
      "access-control-allow-methods": "GET, POST, PUT",
      "access-control-allow-headers": SENT + ofApp(allowed, request),
      "access-control-max-age": REMEMBERED,
    },
  });
