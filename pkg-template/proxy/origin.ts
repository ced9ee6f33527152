/** Whose pages may ask: the same origin, and those that are named. */
import { Refusal, type Headers } from "./refusal.js";

/** What pages of another origin may read of an answer. */
const EXPOSED = "retry-after, x-request-id, centerfy-maybe-delivered, idempotency-replayed";
/** What they may send. */
const SENT = "content-type, accept, authorization, idempotency-key, centerfy-since";
/** For how long a browser may remember that, in seconds. */
const REMEMBERED = "600";

/**
 * Behind a server that ends TLS the scheme is another, and the host the same. Next.js gives routes a
 * URL of `localhost`: what the browser asked for is in the header, which no page can set.
 */
const isSame = (origin: string, url: URL, headers: globalThis.Headers) => {
  try {
    const { host } = new URL(origin);
    return host === url.host || host === headers.get("host")?.toLowerCase();
  } catch {
    return false;
  }
};

/** The headers of the answer, where the origin may ask; else it is refused. */
export const admit = (origins: Set<string>, { headers, method }: Request, url: URL): Headers => {
  const origin = headers.get("origin");
  if (origin === null) {
    const site = headers.get("sec-fetch-site");
    // Browsers name the origin with everything that changes something.
    const isRead = method === "GET" && (site === null || site === "same-origin" || site === "none");
    if (isRead || (site === null && origins.has("none"))) return {};
    throw new Refusal(403, "This request names no origin");
  }
  if (origins.has(origin)) {
    return {
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": EXPOSED,
      vary: "origin",
    };
  }
  if (origin !== "null" && isSame(origin, url, headers)) return { vary: "origin" };
  throw new Refusal(403, "This origin may not ask");
};

/** The answer to a browser that asks whether it may ask. */
export const preflight = (admitted: Headers): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...admitted,
      "access-control-allow-methods": "GET, POST, PUT",
      "access-control-allow-headers": SENT,
      "access-control-max-age": REMEMBERED,
    },
  });
