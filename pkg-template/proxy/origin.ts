/** Which pages may send requests: those of the proxy's own origin, and of the allowed origins. */
import type { Headers } from "../store/outcome.js";
import { SECURITY_HEADERS, Refusal } from "./refusal.js";

/** The response headers that pages of another origin may read. */
const EXPOSED_HEADERS = "retry-after, x-request-id, centerfy-maybe-delivered, idempotency-replayed";
/** The request headers that a client sends. */
const CLIENT_HEADERS = "content-type, accept, authorization, idempotency-key, centerfy-since";
/** How long a browser may cache a preflight, in seconds. */
const PREFLIGHT_MAX_AGE_S = "600";
/** A list of header names, as in `access-control-request-headers`. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+( *, *[\w!#$%&'*+.^`|~-]+)*$/;
/** How much of a request header is shown in a message. */
const MAX_SHOWN_CHARACTERS = 100;

/** Normalizes a host for a scheme: in lower case, and without the default port. */
const hostOf = (scheme: string, host: string | null): string | undefined => {
  if (!host || /[/?#@\\\s]/.test(host)) return undefined;
  try {
    return new URL(`${scheme}//${host}`).host;
  } catch {
    return undefined;
  }
};

/**
 * Whether the origin has the host of the request. Behind a server that terminates TLS, only the scheme differs.
 * In a route of Next.js, the URL has the host `localhost`; the host that the browser requested is in the Host
 * header, which pages cannot set.
 */
const isSame = (origin: string, url: URL, headers: globalThis.Headers): boolean => {
  const [, scheme, host] = /^(https?:)\/\/(.+)$/.exec(origin) ?? [];
  if (!scheme) return false;
  const own = hostOf(scheme, host!);
  return own !== undefined && (own === url.host || own === hostOf(scheme, headers.get("host")));
};

const quote = (text: string) => text.slice(0, MAX_SHOWN_CHARACTERS);

/** The headers that let a page of another origin read the response. */
const corsHeaders = (origin: string): Headers => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": EXPOSED_HEADERS,
  vary: "origin",
});

/** Decides about a request without an Origin header, which browsers omit only from a GET. */
const allowWithoutOrigin = (origins: Set<string>, method: string, site: string | null): Headers => {
  const isRead = method === "GET" && (site === null || site === "none");
  if (isRead || (site === null && origins.has("none"))) return {};
  throw new Refusal(
    403,
    site === null
      ? 'The request has no Origin header. To allow requests from servers and tests, add "none" to `origins`'
      : `The request has no Origin header and does not come from a page on the proxy's own origin (sec-fetch-site: ${quote(site)})`,
  );
};

/** The headers of the response if the origin is allowed. Throws a refusal if it is not. */
export const allowOrigin = (origins: Set<string>, { headers, method }: Request, url: URL): Headers => {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && origins.has(origin)) return corsHeaders(origin);
  // Only browsers can set this header. It still holds if a server in front replaced the Host header.
  if (site === "same-origin") return { vary: "origin" };
  if (origin === null) return allowWithoutOrigin(origins, method, site);
  if (isSame(origin, url, headers)) return { vary: "origin" };
  const host = headers.get("host") ?? url.host;
  throw new Refusal(
    403,
    `Origin ${quote(origin)} is not allowed for the host ${quote(host)}; add it to \`origins\``,
  );
};

/** The request headers that a page of an allowed origin may send besides the client's. */
const appHeaders = (allowed: readonly string[] | undefined, { headers }: Request): string => {
  const requested = headers.get("access-control-request-headers") ?? "";
  const names = allowed ? allowed.join(", ") : HEADER_NAMES.test(requested) ? requested : "";
  return names && `, ${names}`;
};

/** The response to a preflight. `allowed` are the additional request headers; if omitted, any are allowed. */
export const preflight = (corsHeaders: Headers, request: Request, allowed: readonly string[] | undefined): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...SECURITY_HEADERS,
      ...corsHeaders,
      vary: "origin, access-control-request-headers",
      "access-control-allow-methods": "GET, POST, PUT",
      "access-control-allow-headers": CLIENT_HEADERS + appHeaders(allowed, request),
      "access-control-max-age": PREFLIGHT_MAX_AGE_S,
    },
  });
