/** One call: performs what the module decides. */
import { listen, reasonOf } from "./abort.js";
import { drop, noAttempt, send, type Attempt, type Outgoing } from "./attempt.js";
import { after, now } from "./clock.js";
import { CenterfyError, invalid } from "./error.js";
import { emit, quietly } from "./events.js";
import { failure } from "./failure.js";
import { event as report, open } from "./generated/module.js";
import { Code, Event, Order, tagOf, valueOf } from "./generated/protocol.js";
import { MAYBE_DELIVERED, requestIdHeaders, saidWords, type Spec } from "./generated/tables.js";
import { SINCE, withKey } from "./idempotency.js";
import { held, hold } from "./limiter.js";
import { load } from "./load.js";
import { readCall, type CallOptions, type Client } from "./options.js";
import { acquire, grant, leave, queueOf, type Queue } from "./queue.js";
import { redact, redactCause } from "./redact.js";
import { prepare, write } from "./request.js";
import { NONE } from "./response.js";
import type { RateLimiter, Release } from "./types.js";

/** A call in flight. */
interface Call {
  _client: Client;
  _options: CallOptions;
  _spec: Spec;
  /** The number of the call in events. */
  _number: number;
  /** The module's number of the call, once the request is valid. */
  _id?: number;
  _outgoing?: Outgoing;
  _queue?: Queue;
  /** Releases the slot, until the attempt takes it over. */
  _release?: Release | undefined;
  _attempts: number;
  _openedAt: number;
  /** The total time in the queue, in milliseconds. */
  _queuedMs: number;
  /** Whether a proxy performs it once, identified by an idempotency key. */
  _isKeyed?: boolean;
  /** The attempt in flight, otherwise the last one. */
  _attempt: Attempt;
  _timer?: ReturnType<typeof setTimeout>;
  /** Resolves the wait for the next event. */
  _happened?: (event: Event) => void;
  /** Ends the wait for a slot. */
  _resolve?: () => void;
  /** Set when the call has ended. */
  _outcome?: string;
  /** Stops listening to the caller's signal. */
  _unlisten?: () => void;
}

/** Requests a slot from the limiter. A custom limiter returns its release function, or a promise of it. */
const requestSlot = (call: Call): unknown => {
  const { _client: client, _options: { attemptTimeout } } = call;
  const limiter: any = client.rateLimit;
  if (!limiter) return;
  if (!limiter.acquire) {
    return acquire(queueOf(client._shared), call);
  }
  // The signal belongs to this call alone: when the call ends, it aborts the limiter's wait.
  const { signal } = (call._attempt._controller = new AbortController());
  return limiter.acquire({ operation: call._spec._name, attempt: call._attempts + 1, attemptTimeout, signal });
};

/** Starts an attempt. The module decides how long it may take. */
const attempt = (call: Call) => {
  const { _client: { fetch = globalThis.fetch } } = call;
  if (!fetch) throw invalid("fetch", "a function", call._spec._name);
  const attempt = (call._attempt = noAttempt());
  const outgoing = call._outgoing!;
  if (call._isKeyed && call._attempts) outgoing.headers[SINCE] = `${now() - call._openedAt}`;
  call._attempts++;
  emit(call, "request");
  // A listener may have aborted the call.
  if (call._outcome) return Order.Ask;
  attempt._release = call._release;
  call._release = undefined;
  send(attempt, fetch, outgoing, (event) => {
    emitResult(call, event);
    call._happened!(event);
  });
  return report(call._id!, Event.Sent, 0, NONE, NONE, attempt._startedAt!);
};

/** Emits how the attempt ended. An error response is a response even without its body. */
const emitResult = (call: Call, event: Event) => {
  const { _client: { apiKey }, _attempt: attempt } = call;
  const { _status: status, _headers: headers } = attempt;
  const isLost = event === Event.Lost && status < 400;
  const reason = (attempt._reason = event === Event.TimerRang ? "timeout" : isLost ? "network" : "status");
  let requestId;
  for (const name of requestIdHeaders) requestId ??= headers?.get?.(name) || undefined;
  attempt._result = { status, requestId: redact(requestId, apiKey), durationMs: now() - attempt._startedAt! };
  if (reason === "status") emit(call, "response", attempt._result);
  else emit(call, "failure", { ...attempt._result, reason, error: redactCause(attempt._cause, apiKey) });
};

/** Reports an event to the module, and returns its order. */
const next = (call: Call, event: Event) => {
  // A listener may have aborted the call. Its number may belong to another call by now.
  if (call._outcome) return Order.Ask;
  const { _id: id, _queue: queue, _attempt: { _status: status, _wait: wait, _headers: headers } } = call;
  // A success needs neither the time nor a random number: frameworks that prerender refuse both.
  if (event === Event.Json && status < 300) return report(id!, event, status);
  const at = now();
  const said = saidWords.indexOf(headers?.get?.(MAYBE_DELIVERED)!);
  const order = report(id!, event, status, wait, said, at, Math.random());
  const isTimer = event === Event.TimerRang;
  if (isTimer && call._attempt._controller && tagOf(order) !== Order.Wait) emitResult(call, event);
  if (!isTimer && status === 429) {
    quietly(() => (call._client.rateLimit as RateLimiter).hold?.({ ms: Math.max(wait, 0) }));
    if (queue) {
      hold(queue._limiter, wait, at);
      grant(queue, true);
    }
  }
  if (tagOf(order) === Order.Back && !call._outcome) {
    drop(call._attempt);
    emit(call, "retry", { reason: call._attempt._reason, delayMs: valueOf(order) });
  }
  return order;
};

/** Waits for the attempt in flight, at most for `ms` milliseconds. */
const eventWithin = (call: Call, ms: number) =>
  new Promise<Event>((happened) => {
    call._happened = happened;
    clearTimeout(call._timer);
    call._timer = after(ms, happened, Event.TimerRang);
  });

/** The module's numbers of ended calls, to be used again: the module keeps as many calls as it was given numbers. */
const free: number[] = [];
let opened = 0;

/** The number of calls so far. */
let calls = 0;

/** Validates the request and opens the call. */
const begin = (call: Call, args: unknown[], json: string | undefined) => {
  const { _client: client, _spec: spec, _options: options } = call;
  const { maxRetries, attemptTimeout, timeout } = options;
  const outgoing = (call._outgoing = prepare(client, spec, args, json));
  call._isKeyed = client._once && !spec._repeatSafe;
  if (call._isKeyed) outgoing.headers = withKey(outgoing.headers, options.idempotencyKey);
  call._id = free.pop() ?? opened++;
  open(call._id, spec._repeatSafe, client._once, maxRetries, attemptTimeout, timeout, now());
};

/** Runs the call to its end. */
const drive = async (call: Call, args: unknown[], json: string | undefined): Promise<unknown> => {
  begin(call, args, json);
  let order: number = Order.Ask;
  while (!call._outcome) {
    switch (tagOf(order)) {
      case Order.Ask:
        let release: any = requestSlot(call);
        // A request that need not wait is sent synchronously.
        if (release?.then) {
          const since = now();
          emit(call, "queued");
          release = await release;
          call._queuedMs += now() - since;
        }
        if (!call._queue) call._release = (sent) => quietly(() => release?.(sent));
        // A call that has ended while queued sends nothing.
        if (call._outcome) call._release?.(false);
        else if (call._release) order = attempt(call);
        else {
          call._attempt._wait = held(call._queue!._limiter, now());
          order = next(call, Event.Held);
        }
        break;
      case Order.Back:
      case Order.Wait:
        order = next(call, await eventWithin(call, valueOf(order)));
        break;
      case Order.Succeed:
        return call._attempt._json;
      default:
        throw failure(call, order);
    }
  }
  return;
};

/** Starts the call once the module is loaded: synchronously, unless loading is asynchronous. */
const start = (call: Call, args: unknown[]): Promise<unknown> => {
  // Later changes to the arguments have no effect.
  const json = write(call._spec, args);
  const loading = load(call._client._source);
  if (!loading) return drive(call, args, json);
  return loading.then(
    () => (call._outcome ? undefined : drive(call, args, json)),
    (cause) => {
      call._attempt._cause = cause;
      throw failure(call, (Code.Load << 3) | Order.Fail);
    },
  );
};

/** Ends the call: frees its timer, its attempt, its slot and its number. */
const end = (call: Call) => {
  const { _queue: queue } = call;
  clearTimeout(call._timer);
  call._unlisten?.();
  drop(call._attempt);
  call._release?.(false);
  if (call._id! >= 0) free.push(call._id!);
  if (queue) leave(queue, call);
};

/** A promise that can be canceled: it then resolves with `undefined`. */
export type Cancelable<T> = Promise<T> & { _cancel?: () => void };

/** The promise of an operation. */
type CallPromise = Cancelable<any> & { withResponse?: () => Promise<object> };

/**
 * Calls an operation. It never throws synchronously. `args` are the operation's arguments: an id, a request, or
 * both, then the options.
 */
export const run = (clientOf: () => Client, spec: Spec, args: unknown[]) => {
  const input = args[spec._arity];
  const call = {
    _spec: spec,
    _number: ++calls,
    _attempts: 0,
    _openedAt: now(),
    _queuedMs: 0,
    _attempt: noAttempt(),
  } as Call;
  let cancel: (() => void) | undefined;
  let promise: CallPromise = new Promise((resolve, reject) => {
    const client = (call._client = call._options = clientOf());
    if (input !== undefined) call._options = readCall(input, client, spec._name);
    const { signal } = call._options;
    const settle = (how: (value: any) => void, outcome?: string) => (value: unknown) => {
      if (call._outcome) return;
      call._outcome = outcome ?? (value instanceof CenterfyError ? value.code : "error");
      end(call);
      how(value);
    };
    cancel = settle(resolve, "aborted") as () => void;
    const abort = () => settle(reject, "aborted")(reasonOf(signal));
    if (signal?.aborted) return abort();
    if (signal) call._unlisten = listen(signal, abort);
    start(call, args).then(settle(resolve, "success"), settle(reject));
  });
  // In a continuation, so that the listener runs in the caller's async context also after an abort.
  if (call._client?.onEvent) {
    promise = promise.finally(() =>
      emit(call, "end", {
        // The call's own options are validated before it starts.
        outcome: call._outcome ?? "validation",
        attempts: call._attempts,
        durationMs: now() - call._openedAt,
        queuedMs: call._queuedMs,
      }),
    );
  }
  promise._cancel = cancel!;
  promise.withResponse = async () => ({
    data: await promise,
    ...call._attempt._result,
    headers: call._attempt._headers,
    attempts: call._attempts,
  });
  return promise;
};
