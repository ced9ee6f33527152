/** A request's way: origin, route, body, who asks, once, the API, and back. */
import { quietly } from "../events.js";
import { Payload } from "../generated/protocol.js";
import { MAYBE_DELIVERED, operations } from "../generated/tables.js";
import { newId } from "../stores/ids.js";
import { CallerDisconnected } from "../stores/within.js";
import { outlive } from "../stores/workers.js";
import type { AuthorizeContext, Operation, Proxy, ProxyOptions } from "./api.js";
import { AuthorizeFailed, subjectOf } from "./authorize.js";
import { discard, readBody } from "./body.js";
import { Deadline } from "./deadline.js";
import { digest } from "./digest.js";
import { readRequest } from "./given.js";
import { once, type Keyed } from "./once.js";
import { check, type Checked } from "./options.js";
import { admit, preflight } from "./origin.js";
import { permit } from "./permit.js";
import { EVERY, Refusal, retryAfter, type Headers } from "./refusal.js";
import { routeOf, type Route } from "./route.js";
import { StoreUnavailable } from "./unavailable.js";
import { failed, send, type Outcome } from "./upstream.js";

/** What is known of a request by now, for the operator. */
interface Known {
  operation?: Operation;
  subject?: string;
}

/** Keeps the process for work that the answer does not wait for, where the runtime has to be asked for that. */
const backgroundOf = (context: readonly any[]) => (work: Promise<unknown>) => {
  const given = context.find((it) => typeof it?.waitUntil === "function");
  quietly(() => (given ? given.waitUntil(work) : outlive(work)));
};

/** The operations that reach a person or make something. */
const NEVER_TWICE = new Set(operations.filter(({ _repeatSafe }) => !_repeatSafe).map(({ _name }) => _name as Operation));

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

/** What identifies the request, where the caller gave it a key. A key belongs to one subject. */
const keyedOf = async ({ keepMs }: Checked, { request, operation, args }: AuthorizeContext, subject: string): Promise<Keyed | undefined> => {
  const key = keyOf(request.headers);
  if (key === undefined) return undefined;
  return {
    key: await digest([subject, key]),
    owner: newId(),
    fingerprint: await digest([operation, args]),
    sinceMs: sinceOf(request.headers),
    keepMs,
  };
};

/** Sends the request, once where it has a key. */
const sendOnce = async (
  checked: Checked,
  asked: AuthorizeContext,
  known: Known & { subject: string },
  deadline: Deadline,
): Promise<Outcome> => {
  const { request, operation, args, context } = asked;
  const { recording, store } = checked;
  const disconnected = request.signal;
  const permission = () => permit(checked, known.subject, operation, deadline, disconnected);
  const keyed = NEVER_TWICE.has(operation) ? await keyedOf(checked, asked, known.subject) : undefined;
  if (keyed) {
    reportWarnings(checked, context);
    const lost = (error: unknown) => report(checked, error, { ...known, status: 200 });
    const sending = { permit: permission, send: () => send(checked, operation, args), records: store.records };
    return once({ ...sending, recording, deadline, disconnected, background: backgroundOf(context), lost }, keyed);
  }
  const release = await permission();
  const outcome = await send(checked, operation, args);
  release(true);
  return outcome;
};

const answer = async (checked: Checked, request: Request, url: URL, context: unknown[], known: Known): Promise<Outcome> => {
  const deadline = new Deadline();
  const route = routeOf(checked.path, request.method, url);
  const operation = (known.operation = route.spec._name as Operation);
  if (!checked.allow.has(operation)) throw new Refusal(403, `${operation} is not allowed here`);
  const args = await argumentsOf(request, route);
  const asked = { request, operation, args, context };
  const subject = (known.subject = await subjectOf(checked, asked, deadline));
  return sendOnce(checked, asked, { ...known, subject }, deadline);
};

/** What a request gets that could not be answered. Why, only the operator hears. */
const excuse = (error: unknown): Outcome => {
  if (error instanceof Refusal) return failed(error.status, error.message, error.headers);
  if (error instanceof CallerDisconnected) return failed(499, "The caller disconnected; nothing was sent");
  if (error instanceof StoreUnavailable) return failed(503, "The proxy's store is unavailable; nothing was sent", retryAfter(1000));
  if (error instanceof AuthorizeFailed) return failed(error.status, "The proxy cannot authorize the request; nothing was sent");
  return failed(500, "The proxy failed");
};

/** Tells the operator of what the caller cannot mend, and of what was refused. The operator's mistake is not the caller's. */
const report = ({ onError, onRefusal }: Checked, error: unknown, trouble: Known & { status: number }) => {
  const hears = trouble.status >= 400 && trouble.status < 500 ? onRefusal : onError;
  quietly(() => hears?.(error, trouble));
};

/** What the store's configuration can lose, once. */
const warned = new WeakSet<Checked>();
const reportWarnings = (checked: Checked, context: readonly unknown[]) => {
  if (warned.has(checked)) return;
  warned.add(checked);
  const reporting = async () => {
    for (const warning of (await checked.store.warnings?.()) ?? []) report(checked, new Error(warning), { status: 200 });
  };
  backgroundOf(context)(reporting().catch(() => {}));
};

/**
 * Says of every error whether the request was carried out. What failed before the record of a retry was
 * read says only that this request was not sent: an earlier one may have been.
 */
const certainty = ({ status, delivered }: Outcome, isCertain: boolean): Headers => {
  if (status < 400) return {};
  return { [MAYBE_DELIVERED]: delivered === "maybe" ? "true" : isCertain ? "false" : "unsent" };
};

/** Why a request failed: what was thrown, else the words of the answer. */
const reasonOf = ({ error, body }: Outcome): unknown => error ?? new Error(Object(body).message);

const respond = async (checked: Checked, given: Request, context: unknown[]): Promise<Response> => {
  const known: Known = {};
  let admitted: Headers = {};
  let outcome: Outcome;
  let isCertain = true;
  try {
    const { request, url } = readRequest(given);
    isCertain = !sinceOf(request.headers);
    admitted = admit(checked.origins, request, url);
    if (request.method === "OPTIONS") return preflight(admitted, request, checked.allowHeaders);
    outcome = await answer(checked, request, url, context, known);
    isCertain = true;
  } catch (error) {
    outcome = { ...excuse(error), error };
  }
  if (outcome.status >= 400) {
    report(checked, reasonOf(outcome), { ...known, status: outcome.status });
    await discard(given).catch(() => {});
  }
  return json(outcome, { ...admitted, ...certainty(outcome, isCertain) });
};

export const createProxy = (options: ProxyOptions): Proxy => {
  const checked = check(options);
  const proxy: Proxy = (request, ...context) => {
    const responding = respond(checked, request, context);
    // What was begun is finished, though the caller may have disconnected.
    backgroundOf(context)(responding);
    return responding;
  };
  // For toNodeHandler: a router in front may have cut the URL.
  return Object.assign(proxy, { path: checked.path });
};
