/** One call: does what the module decides, and decides nothing itself. */
import { NONE } from "./response.js";
import { drop, noAttempt, send, type Attempt, type Outgoing } from "./attempt.js";
import { after, now } from "./clock.js";
import { invalid } from "./error.js";
import { emit, quietly } from "./events.js";
import { failure } from "./failure.js";
import { event as tellModule, open } from "./generated/module.js";
import { Code, Event, Order, tagOf, valueOf } from "./generated/protocol.js";
import { MAYBE_DELIVERED, saidWords, type Spec } from "./generated/tables.js";
import { SINCE, withKey } from "./idempotency.js";
import { held, hold } from "./limiter.js";
import { load } from "./load.js";
import { readCall, type CallOptions, type Client } from "./options.js";
import { acquire, grant, leave, queueOf, type Queue } from "./queue.js";
import { prepare, write } from "./request.js";
import { listen, reasonOf } from "./abort.js";
import type { RateLimiter, Release } from "./types.js";

/** A call under way. */
interface Call {
  _client: Client;
  _options: CallOptions;
  /** The longest that an attempt may take, in milliseconds. */
  _attemptTimeout: number;
  _spec: Spec;
  /** The module's number of it, from the checks on. */
  _id?: number;
  _outgoing?: Outgoing;
  _queue?: Queue;
  /** Tells the limiter of its slot, as long as it does not use it. */
  _release?: Release | undefined;
  _attempts: number;
  _openedAt?: number;
  /** Whether a proxy carries it out once, which it knows by a key. */
  _isKeyed?: boolean;
  /** The one on the wire, else the last. */
  _attempt: Attempt;
  _timer?: ReturnType<typeof setTimeout>;
  /** Tells it of what it waits for. */
  _happened?: (event: Event) => void;
  /** Ends its wait for a slot. */
  _resolve?: () => void;
  _over?: boolean;
}

/** Asks the limiter for a slot. One of the caller's own gives its release, or a promise of that. */
const ask = (call: Call): unknown => {
  const { _client: client, _attemptTimeout: attemptTimeout } = call;
  const limiter: any = client.rateLimit;
  if (!limiter) return;
  if (!limiter.acquire) {
    const turn: any = acquire(queueOf(client._shared), call);
    if (turn?.then) emit(call, "queued");
    return turn;
  }
  emit(call, "queued");
  // Its signal is this call's alone: a call that ends gives up this, too.
  const { signal } = (call._attempt._controller = new AbortController());
  return limiter.acquire({ operation: call._spec._name, attempt: call._attempts + 1, attemptTimeout, signal });
};

/** Makes an attempt; the module says how long it may take. */
const attempt = (call: Call) => {
  const { _client: { fetch = globalThis.fetch } } = call;
  if (!fetch) throw invalid("fetch", "a function", call._spec._name);
  const attempt = (call._attempt = noAttempt());
  const outgoing = call._outgoing!;
  if (call._isKeyed && call._attempts) outgoing.headers[SINCE] = `${now() - call._openedAt!}`;
  call._attempts++;
  emit(call, "request");
  // A listener may have aborted it.
  if (call._over) return Order.Ask;
  attempt._release = call._release;
  call._release = undefined;
  send(attempt, fetch, outgoing, (event) => {
    const { _status: status, _headers: headers } = attempt;
    if (headers) emit(call, "response", { status, durationMs: now() - attempt._startedAt! });
    call._happened!(event);
  });
  return tellModule(call._id!, Event.Sent, 0, NONE, NONE, attempt._startedAt!, 0);
};


/** Tells the module what happened, and gives what it says. */
const tell = (call: Call, event: Event) => {
  const { _id: id, _queue: queue, _attempt: { _status: status, _wait: wait, _headers: headers } } = call;
  // For a success no time and no chance is asked for: frameworks that prerender refuse both.
  if (event === Event.Json && status < 300) return tellModule(id!, event, status, NONE, NONE, 0, 0);
  const at = now();
  const said = saidWords.indexOf(headers?.get?.(MAYBE_DELIVERED)!);
  const order = tellModule(id!, event, status, wait, said, at, Math.random());
  if (event !== Event.TimerRang && status === 429) {
    quietly(() => (call._client.rateLimit as RateLimiter).hold?.({ ms: Math.max(wait, 0) }));
    if (queue) {
      hold(queue._limiter, wait, at);
      grant(queue, true);
    }
  }
  return order;
};

/** Waits for what is on the wire, but no longer than the timer. */
const happens = (call: Call, ms: number) =>
  new Promise<Event>((happened) => {
    call._happened = happened;
    clearTimeout(call._timer);
    call._timer = after(ms, happened, Event.TimerRang);
  });

/** The numbers of calls that are over. The module keeps as many calls as there were numbers. */
const free: number[] = [];
let opened = 0;

/** Checks the request, and opens the call. */
const begin = (call: Call, args: unknown[], json: string | undefined) => {
  const { _client: client, _spec: spec, _options: options } = call;
  const { maxRetries, timeout } = options;
  const outgoing = (call._outgoing = prepare(client, spec, args, json));
  call._isKeyed = client._once && !spec._repeatSafe;
  if (call._isKeyed) outgoing.headers = withKey(outgoing.headers, options.idempotencyKey);
  call._openedAt = now();
  call._id = free.pop() ?? opened++;
  open(call._id, spec._repeatSafe, client._once, maxRetries, call._attemptTimeout, timeout || Infinity, call._openedAt);
};

/** Begins, and does what the module says until it is over. */
const drive = async (call: Call, args: unknown[], json: string | undefined): Promise<unknown> => {
  begin(call, args, json);
  let order: number = Order.Ask;
  while (!call._over) {
    switch (tagOf(order)) {
      case Order.Ask:
        const turn: any = ask(call);
        // Where nobody is before it, its request goes out at once.
        const given = turn?.then ? await turn : turn;
        if (!call._queue) call._release = (sent) => quietly(() => given?.(sent));
        // A call that was given up meanwhile sends nothing.
        if (call._over) call._release?.(false);
        else if (call._release) order = attempt(call);
        else {
          call._attempt._wait = held(call._queue!._limiter, now());
          order = tell(call, Event.Held);
        }
        break;
      case Order.Back:
        drop(call._attempt);
        emit(call, "retry", { delayMs: valueOf(order) });
        order = tell(call, await happens(call, valueOf(order)));
        break;
      case Order.Wait:
        order = tell(call, await happens(call, valueOf(order)));
        break;
      case Order.Succeed:
        return call._attempt._json;
      default:
        throw failure(call, valueOf(order), tagOf(order), call._attempt._wait);
    }
  }
  return;
};

/** Begins when the module is there, which is at once but where it has to be waited for. */
const start = (call: Call, args: unknown[]): Promise<unknown> => {
  // What the caller changes from now on does not count.
  const json = write(call._spec, args);
  const loading = load(call._client._source);
  if (!loading) return drive(call, args, json);
  return loading.then(
    () => call._over || drive(call, args, json),
    (cause) => {
      call._attempt._cause = cause;
      throw failure(call, Code.Load, Order.Fail, NONE);
    },
  );
};

/** Ends whatever is under way. */
const end = (call: Call) => {
  const { _queue: queue } = call;
  call._over = true;
  clearTimeout(call._timer);
  drop(call._attempt);
  call._release?.(false);
  if (call._id !== undefined) free.push(call._id);
  if (queue) leave(queue, call);
};

/** A promise that can be given up: it resolves with nothing then. */
export type Cancelable<T> = Promise<T> & { _cancel?: () => void };

/**
 * Makes a call of an operation. It never throws at once. `args` are the operation's, the last of
 * them the request where there is one.
 */
export const run = (clientOf: () => Client, spec: Spec, args: unknown[]) => {
  const given = args[spec._arity];
  let cancel: (() => void) | undefined;
  const promise: Cancelable<any> = new Promise((resolve, reject) => {
    const client = clientOf();
    const options = given === undefined ? client : readCall(given, client, spec._name);
    const { signal } = options;
    const call: Call = {
      _client: client,
      _options: options,
      _spec: spec,
      _attemptTimeout: options.attemptTimeout || Infinity,
      _attempts: 0,
      _attempt: noAttempt(),
    };
    let unlisten: (() => void) | undefined;
    const settle = (how: (value: any) => void) => (value: unknown) => {
      if (call._over) return;
      end(call);
      unlisten?.();
      how(value);
    };
    cancel = settle(resolve) as () => void;
    const abort = () => settle(reject)(reasonOf(signal));
    if (signal?.aborted) return abort();
    if (signal) unlisten = listen(signal, abort);
    start(call, args).then(settle(resolve), settle(reject));
  });
  promise._cancel = cancel!;
  return promise;
};
