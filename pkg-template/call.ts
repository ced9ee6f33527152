/** One call: does what the module decides, and decides nothing itself. */
import { NO_WAIT } from "./answer.js";
import { drop, noAttempt, send, type Attempt, type Outgoing } from "./attempt.js";
import { now } from "./clock.js";
import { emit } from "./events.js";
import { failure } from "./failure.js";
import { close, event as tellModule, held, open } from "./generated/module.js";
import { Code, Event, Operation, Order, tagOf, valueOf } from "./generated/protocol.js";
import { operations, type Spec } from "./generated/tables.js";
import { load } from "./load.js";
import { readCall, type CallOptions, type Client } from "./options.js";
import { leave, limiterOf, place, refuseImpatient, type Limiter } from "./place.js";
import { prepare, write } from "./request.js";
import type { RateLimit, RateLimiter } from "./types.js";

/** No limiter and no call, as the module is told. */
const NONE = -1;

/** A call under way. */
interface Call {
  _client: Client;
  _options: CallOptions;
  _spec: Spec;
  /** The module's number of it, from the checks on. */
  _id: number;
  _outgoing?: Outgoing;
  _limit: RateLimit;
  _limiter?: Limiter;
  /** Whether it has a place that it does not use yet. */
  _hasPlace: boolean;
  _attempts: number;
  /** The one on the wire, else the last. */
  _attempt: Attempt;
  _timer?: ReturnType<typeof setTimeout>;
  /** Tells it of what it waits for. */
  _happened?: (event: Event) => void;
  /** Tells it of its turn. */
  _tell?: (granted: boolean) => void;
  _over?: boolean;
}

/** Waits for its turn at the limiter. */
const takePlace = async (call: Call, limiter: Limiter) => {
  const granted = place(limiter, call);
  if (granted instanceof Promise) emit(call, call._attempts + 1, "queued");
  if (!(await granted)) throw failure(call, Code.RateLimited, false, held(limiter._id, now()));
  call._hasPlace = true;
};

/** Asks a limiter of the caller's own. */
const acquire = (call: Call, limiter: RateLimiter) => {
  const { _spec: { _name: operation }, _options: { signal } } = call;
  const attempt = call._attempts + 1;
  emit(call, attempt, "queued");
  return limiter.acquire({ operation, attempt, signal } as any);
};

/** Makes an attempt; the module says how long it may take. */
const attempt = (call: Call) => {
  const { _client: { fetch = globalThis.fetch } } = call;
  const attempt = (call._attempt = noAttempt());
  call._attempts++;
  emit(call, call._attempts, "request");
  // A listener may have aborted it.
  if (call._over) return Order.Ask;
  send(attempt, fetch, call._outgoing!, (event) => {
    const { _status: status } = attempt;
    if (status) emit(call, call._attempts, "response", { status, durationMs: now() - attempt._startedAt! });
    call._happened!(event);
  });
  call._hasPlace = false;
  return tellModule(call._id, Event.Sent, 0, NO_WAIT, attempt._startedAt!, 0);
};

/** Tells the module what happened, and gives what it says. */
const tell = ({ _id: id, _limiter: limiter, _attempt: { _status: status, _wait: wait } }: Call, event: Event) => {
  // Nobody asks when a success came.
  const at = event === Event.Json && status < 300 ? 0 : now();
  const order = tellModule(id, event, status, wait, at, Math.random());
  if (limiter && event !== Event.TimerRang && status === 429) refuseImpatient(limiter);
  return order;
};

/** Waits for what is on the wire, but no longer than the timer. */
const happens = (call: Call, ms: number) =>
  new Promise<Event>((happened) => {
    call._happened = happened;
    clearTimeout(call._timer);
    call._timer = setTimeout(happened, ms, Event.TimerRang);
  });

/** Does what the module says, until it is over. */
const drive = async (call: Call): Promise<unknown> => {
  const { _limiter: limiter, _client: { rateLimit } } = call;
  let order: number = Order.Ask;
  while (!call._over) {
    switch (tagOf(order)) {
      case Order.Ask:
        if (limiter) await takePlace(call, limiter);
        else if (rateLimit) await acquire(call, rateLimit as RateLimiter);
        order = attempt(call);
        break;
      case Order.Back:
        drop(call._attempt);
        emit(call, call._attempts, "retry", { delayMs: valueOf(order) });
        order = tell(call, await happens(call, valueOf(order)));
        break;
      case Order.Wait:
        order = tell(call, await happens(call, valueOf(order)));
        break;
      case Order.Succeed:
        return call._attempt._json;
      default:
        throw failure(call, valueOf(order), tagOf(order) === Order.FailMaybeDelivered, call._attempt._wait);
    }
  }
  return;
};

/** Loads the module, checks the request, and opens the call. */
const start = async (call: Call, operation: Operation, args: unknown[]) => {
  const { _client: client, _spec: spec, _options: { maxRetries, attemptTimeout, timeout } } = call;
  const json = write(spec, args);
  try {
    const loading = load(client._source);
    if (loading) await loading;
  } catch (cause) {
    call._attempt._cause = cause;
    throw failure(call, Code.Load, false, NO_WAIT);
  }
  if (call._over) return;
  call._outgoing = prepare(client, spec, args, json);
  const { requests, acquire } = client.rateLimit as any;
  if (requests && !acquire) {
    call._limiter = limiterOf(client._shared);
    call._limiter._calls++;
  }
  const limiter = call._limiter?._id ?? NONE;
  call._id = open(operation, limiter, maxRetries, attemptTimeout || Infinity, timeout || Infinity, now());
  return drive(call);
};

/** Ends whatever is under way. */
const end = (call: Call) => {
  const { _limiter: limiter } = call;
  call._over = true;
  clearTimeout(call._timer);
  drop(call._attempt);
  if (call._outgoing) close(call._id);
  if (limiter) {
    limiter._calls--;
    leave(limiter, call, call._hasPlace);
  }
};

/**
 * Makes a call of an operation. It never throws at once. `args` are the operation's, the last of
 * them the request where there is one.
 */
export const run = (clientOf: () => Client, operation: Operation, args: unknown[], given: unknown) =>
  new Promise((resolve, reject) => {
    const client = clientOf();
    const spec = operations[operation]!;
    const options = given === undefined ? client : readCall(given, client, spec._name);
    const { signal } = options;
    const call: Call = {
      _client: client,
      _options: options,
      _spec: spec,
      _id: NONE,
      _limit: client.rateLimit as RateLimit,
      _hasPlace: false,
      _attempts: 0,
      _attempt: noAttempt(),
    };
    const settle = (how: (value: any) => void) => (value: unknown) => {
      if (call._over) return;
      end(call);
      signal?.removeEventListener("abort", abort);
      how(value);
    };
    const abort = () => settle(reject)(signal!.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    start(call, operation, args).then(settle(resolve), settle(reject));
  });
