/** A request's way: origin, route, body, who asks, once, the API, and back. */
import { quietly } from "../events.js";
import { Payload } from "../generated/protocol.js";
import { Left, stay } from "../stores/patience.js";
import type { Asked, Operation, Proxy, ProxyOptions } from "./api.js";
import { Unknown, subjectOf } from "./authorize.js";
import { discard, readBody } from "./body.js";
import { readRequest } from "./given.js";
import { digest, once, saysMaybe, type Keyed } from "./once.js";
import { check, type Checked } from "./options.js";
import { admit, preflight } from "./origin.js";
import { EVERY, Refusal, retryAfter, type Headers } from "./refusal.js";
import { routeOf, type Route } from "./route.js";
import { call, failed, type Outcome } from "./upstream.js";

/** What is known of a request by now, for whoever is told of its trouble. */
interface Known {
  operation?: Operation;
  subject?: string;
}

/** A store that cannot be reached. Nothing was sent. */
class Away extends Error {}

const awayFrom = (cause: unknown): never => {
  const isOther = [Refusal, Left, Away].some((kind) => cause instanceof kind);
  throw isOther ? cause : new Away("the store cannot be reached", { cause });
};

const json = ({ status, body, headers }: Outcome, more: Headers): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...EVERY, ...headers, ...more },
  });

/** The arguments, as a client's method takes them. */
const argumentsOf = async (request: Request, { spec, id, query }: Route): Promise<unknown[]> => {
  if (spec._payload === Payload.Nothing) return [id];
  if (spec._payload === Payload.Query) return [id, query];
  const body = await readBody(request, spec);
  if (spec._payload === Payload.AgentId) return [body.agent_id];
  return id === undefined ? [body] : [id, body];
};

/** The idempotency key, a string in quotes as the IETF's draft has it, or without them. */
const keyOf = (headers: globalThis.Headers): string | undefined => {
  const header = headers.get("idempotency-key");
  if (header === null) return undefined;
  const [, key] = /^"?([!#-[\]-~]{1,255})"?$/.exec(header) ?? [];
  if (key === undefined) throw new Refusal(400, "The idempotency key must be 1 to 255 visible ASCII characters");
  return key;
};

const sinceOf = (headers: globalThis.Headers): number => {
  const since = Number(headers.get("centerfy-since"));
  return since >= 0 ? since : 0;
};

/** What distinguishes the call, where the caller gave it a key. One subject's key is not another's. */
const keyedOf = async (
  { attemptTimeout }: Checked,
  request: Request,
  subject: string,
  operation: Operation,
  args: unknown[],
): Promise<Keyed | undefined> => {
  const key = keyOf(request.headers);
  return key === undefined
    ? undefined
    : {
        key: await digest([subject, key]),
        fingerprint: await digest([operation, args]),
        attemptTimeout,
        sinceMs: sinceOf(request.headers),
      };
};

/** Calls the API, if the subject has not asked for too much and is still there. */
const act = async (checked: Checked, subject: string, { operation, args, request }: Asked): Promise<Outcome> => {
  const { limit, store } = checked;
  stay(request.signal);
  const wait = limit ? await store.quotas.admit(`subject:${await digest([subject])}`, limit).catch(awayFrom) : 0;
  if (wait > 0) return failed(429, "You have asked for too much; wait a little", retryAfter(wait));
  return call(checked, operation, args, request.signal).catch(awayFrom);
};

const answer = async (checked: Checked, request: Request, url: URL, context: unknown[], known: Known): Promise<Outcome> => {
  const route = routeOf(checked.path, request.method, url);
  const { _repeatSafe: repeatSafe, _name } = route.spec;
  const operation = (known.operation = _name as Operation);
  if (!checked.allow.has(operation)) throw new Refusal(403, `${operation} is not allowed here`);
  const args = await argumentsOf(request, route);
  const asked = { request, operation, args, context };
  const subject = (known.subject = await subjectOf(checked, asked));
  const keyed = repeatSafe ? undefined : await keyedOf(checked, request, subject, operation, args);
  const acting = () => act(checked, subject, asked);
  if (!keyed) return acting();
  const lost = (error: unknown) => report(checked, error, { ...known, status: 200 });
  const outcome = await once(checked.store.records, keyed, { act: acting, lost, left: request.signal }).catch(awayFrom);
  return { ...outcome, headers: { ...outcome.headers, ...saysMaybe(outcome) } };
};

/** What a request gets that could not be answered. Why, only the operator hears. */
const excuse = (error: unknown): Outcome => {
  if (error instanceof Refusal) return failed(error.status, error.message, error.headers);
  if (error instanceof Left) return failed(499, "The caller has left; nothing was sent");
  if (error instanceof Away) return failed(503, "The proxy's store cannot be reached; nothing was sent", retryAfter(1000));
  if (error instanceof Unknown) return failed(error.status, "The proxy cannot say who asks; nothing was sent");
  return failed(500, "The proxy failed");
};

/** Tells the operator of what the caller cannot mend, and of what was refused. The operator's mistake is not the caller's. */
const report = ({ onError, onRefusal }: Checked, error: unknown, trouble: Known & { status: number }) => {
  const hears = trouble.status >= 400 && trouble.status < 500 ? onRefusal : onError;
  quietly(() => hears?.(error, trouble));
};

/** Why a request failed: what was thrown, else the words of the answer. */
const reasonOf = ({ error, body }: Outcome): unknown => error ?? new Error(Object(body).message);

const respond = async (checked: Checked, given: Request, context: unknown[]): Promise<Response> => {
  const known: Known = {};
  let admitted: Headers = {};
  let outcome: Outcome;
  try {
    const { request, url } = readRequest(given);
    admitted = admit(checked.origins, request, url);
    if (request.method === "OPTIONS") return preflight(admitted, request, checked.allowHeaders);
    outcome = await answer(checked, request, url, context, known);
  } catch (error) {
    outcome = { ...excuse(error), error };
  }
  if (outcome.status >= 400) {
    report(checked, reasonOf(outcome), { ...known, status: outcome.status });
    quietly(() => discard(given));
  }
  return json(outcome, admitted);
};

export const createProxy = (options: ProxyOptions): Proxy => {
  const checked = check(options);
  const proxy: Proxy = (request, ...context) => {
    const responding = respond(checked, request, context);
    // What was begun is finished, though the caller may have left.
    quietly(() => context.find((it) => typeof it?.waitUntil === "function")?.waitUntil(responding));
    return responding;
  };
  // For toNodeHandler: a router in front may have cut the URL.
  return Object.assign(proxy, { path: checked.path });
};
