/** Handles a request: origin, route, body, subject, idempotency, the API, and the response. */
import { quietly } from "../events.js";
import { Payload } from "../generated/protocol.js";
import { MAYBE_DELIVERED, operations } from "../generated/tables.js";
import { digest } from "../store/digest.js";
import { IdempotentRequest, type Keyed, type Release } from "../store/idempotency.js";
import { newId } from "../store/ids.js";
import { failed, retryAfter, type Headers, type Outcome } from "../store/outcome.js";
import { StoreUnavailable, type Deadline } from "../store/unavailable.js";
import { CallerDisconnected } from "../store/within.js";
import { outlive } from "../store/workers.js";
import type { AuthorizeContext, Operation, Proxy, ProxyOptions } from "./api.js";
import { AuthorizeFailed, subjectOf } from "./authorize.js";
import { discard, readBody } from "./body.js";
import { RequestDeadline } from "./deadline.js";
import { readRequest } from "./input.js";
import { check, type Checked } from "./options.js";
import { allowOrigin, preflight } from "./origin.js";
import { permit } from "./permit.js";
import { SECURITY_HEADERS, Refusal } from "./refusal.js";
import { routeOf, type Route } from "./route.js";
import { send } from "./upstream.js";

/** What is known about a request so far, for the operator. */
interface Known {
  operation?: Operation;
  subject?: string;
}

/** Keeps a Worker alive for work that the response does not wait for. */
const backgroundOf = (context: readonly any[]) => (work: Promise<unknown>) => {
  const input = context.find((it) => typeof it?.waitUntil === "function");
  quietly(() => (input ? input.waitUntil(work) : outlive(work)));
};

/** The operations that reach a person or create something. */
const NOT_REPEAT_SAFE = new Set(operations.filter(({ _repeatSafe }) => !_repeatSafe).map(({ _name }) => _name as Operation));

const json = ({ status, body, headers }: Outcome, more: Headers): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...SECURITY_HEADERS, ...headers, ...more },
  });

/** The arguments of the client's method. */
const argumentsOf = async (request: Request, { spec, id, query }: Route): Promise<unknown[]> => {
  if (spec._payload === Payload.Nothing) return [id];
  if (spec._payload === Payload.Query) return [id, query];
  const body = await readBody(request, spec);
  if (spec._payload === Payload.AgentId) return [body.agent_id];
  return id === undefined ? [body] : [id, body];
};

/** The idempotency key: a quoted string as in the IETF draft, or without quotes. */
const keyOf = (headers: globalThis.Headers): string | undefined => {
  const header = headers.get("idempotency-key");
  if (header === null) return undefined;
  const [, key] = /^"?([!#-[\]-~]{1,255})"?$/.exec(header) ?? [];
  if (key === undefined) throw new Refusal(400, "The idempotency key must consist of 1 to 255 visible ASCII characters without double quotes or backslashes");
  return key;
};

const sinceOf = (headers: globalThis.Headers): number => {
  const since = Number(headers.get("centerfy-since"));
  return since >= 0 ? since : 0;
};

/** Identifies a request with an idempotency key. A key belongs to one subject. */
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

/** Sends the request, at most once for its idempotency key. */
const sendKeyed = async (request: IdempotentRequest, permission: () => Promise<Release>, attempt: () => Promise<Outcome>): Promise<Outcome> => {
  let started: Release | Outcome;
  try {
    started = await request.start(permission);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await request.forgotten;
    // The record says that nothing was sent, so this is true of earlier attempts, too.
    return failed(error.status, error.message, error.headers);
  }
  if (typeof started !== "function") return started;
  const outcome = await attempt();
  started(true);
  await request.finish(outcome);
  return outcome;
};

/** Sends the request; with an idempotency key, at most once. */
const sendOnce = async (
  checked: Checked,
  call: AuthorizeContext,
  known: Known & { subject: string },
  deadline: Deadline,
): Promise<Outcome> => {
  const { request, operation, args, context } = call;
  const { recording, store } = checked;
  const disconnected = request.signal;
  const permission = () => permit(checked, known.subject, operation, deadline, disconnected);
  const attempt = () => send(checked, operation, args);
  const keyed = NOT_REPEAT_SAFE.has(operation) ? await keyedOf(checked, call, known.subject) : undefined;
  if (keyed) {
    reportWarnings(checked, context);
    const onLost = (error: unknown) => report(checked, error, { ...known, status: 200 });
    const records = { records: store.records, recording, background: backgroundOf(context), onLost };
    return sendKeyed(new IdempotentRequest({ ...records, deadline, disconnected, isRetried: true }, keyed), permission, attempt);
  }
  const release = await permission();
  const outcome = await attempt();
  release(true);
  return outcome;
};

const answer = async (checked: Checked, request: Request, url: URL, context: unknown[], known: Known): Promise<Outcome> => {
  const deadline = new RequestDeadline();
  const route = routeOf(checked.path, request.method, url);
  const operation = (known.operation = route.spec._name as Operation);
  if (!checked.allow.has(operation)) throw new Refusal(403, `${operation} is not allowed by this proxy; add it to \`allow\``);
  const args = await argumentsOf(request, route);
  const call = { request, operation, args, context };
  const subject = (known.subject = await subjectOf(checked, call, deadline));
  return sendOnce(checked, call, { ...known, subject }, deadline);
};

/** The outcome of a request that failed in the proxy. Only the operator learns why. */
const failureOf = (error: unknown): Outcome => {
  if (error instanceof Refusal) return failed(error.status, error.message, error.headers);
  if (error instanceof CallerDisconnected) return failed(499, "The caller disconnected; this request was not sent");
  if (error instanceof StoreUnavailable) return failed(503, "The store of the proxy is unavailable; this request was not sent", retryAfter(1000));
  if (error instanceof AuthorizeFailed) return failed(error.status, "The proxy failed to authorize the request; this request was not sent");
  return failed(500, "The proxy failed");
};

/** Reports a failure to the operator. An error in the operator's own hook does not affect the caller. */
const report = ({ onError, onRefusal }: Checked, error: unknown, context: Known & { status: number }) => {
  const hook = context.status >= 400 && context.status < 500 ? onRefusal : onError;
  quietly(() => hook?.(error, context));
};

/** The proxies whose store's warnings were reported. */
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
 * The header that tells whether a failed request may have been executed. If a retry failed before its record was
 * read, only this attempt is known not to have been sent.
 */
const deliveryHeader = ({ status, delivered }: Outcome, isCertain: boolean): Headers => {
  if (status < 400) return {};
  return { [MAYBE_DELIVERED]: delivered === "maybe" ? "true" : isCertain ? "false" : "unsent" };
};

/** Why a request failed: the error, or else the message of the response. */
const reasonOf = ({ error, body }: Outcome): unknown => error ?? new Error(Object(body).message);

const respond = async (checked: Checked, given: Request, context: unknown[]): Promise<Response> => {
  const known: Known = {};
  let corsHeaders: Headers = {};
  let outcome: Outcome;
  let isCertain = true;
  try {
    const { request, url } = readRequest(given);
    isCertain = !sinceOf(request.headers);
    corsHeaders = allowOrigin(checked.origins, request, url);
    if (request.method === "OPTIONS") return preflight(corsHeaders, request, checked.allowHeaders);
    outcome = await answer(checked, request, url, context, known);
    isCertain = true;
  } catch (error) {
    outcome = { ...failureOf(error), error };
  }
  if (outcome.status >= 400) {
    report(checked, reasonOf(outcome), { ...known, status: outcome.status });
    await discard(given).catch(() => {});
  }
  return json(outcome, { ...corsHeaders, ...deliveryHeader(outcome, isCertain) });
};

export const createProxy = (options: ProxyOptions): Proxy => {
  const checked = check(options);
  const proxy: Proxy = (request, ...context) => {
    const responding = respond(checked, request, context);
    // A request that was started is finished even if its caller disconnects.
    backgroundOf(context)(responding);
    return responding;
  };
  // For toNodeHandler, because a router may have removed the mount path from the URL.
  return Object.assign(proxy, { path: checked.path });
};
