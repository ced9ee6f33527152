/** One call: its attempts, and the decisions between them. */
import { NO_WAIT } from "../../../pkg-template/answer.js";
import { drop, noAttempt, send, type Attempt, type Outgoing } from "../../../pkg-template/attempt.js";
import { now } from "../../../pkg-template/clock.js";
import { emit } from "../../../pkg-template/events.js";
import { failure } from "../../../pkg-template/failure.js";
import { Code, Event } from "../../../pkg-template/generated/protocol.js";
import { held, hold, sent } from "../../../pkg-template/limiter.js";
import { readCall, type CallOptions, type Client } from "../../../pkg-template/options.js";
import { listen, reasonOf } from "../../../pkg-template/abort.js";
import type { RateLimit, RateLimiter } from "../../../pkg-template/types.js";
import type { Operation } from "./operations.js";
import { leave, place, queueOf, refuseImpatient, type Queue } from "./queue.js";
import { prepare, write } from "./request.js";
import { backoff, retryable, timer } from "./retry.js";

interface Call {
  _client: Client;
  _options: CallOptions;
  _spec: any;
  _outgoing?: Outgoing;
  _limit: RateLimit;
  _queue?: Queue;
  _hasPlace: boolean;
  _attempts: number;
  _attempt: Attempt;
  /** When `timeout` ends. */
  _deadline: number;
  /** The longest pause of the server for which this call waits. */
  _patience: number;
  _timer?: ReturnType<typeof setTimeout>;
  _tell?: (granted: boolean) => void;
  _over?: boolean;
}

const codeOf = (status: number): Code => {
  switch (status) {
    case 400:
      return Code.BadRequest;
    case 401:
      return Code.Authentication;
    case 403:
      return Code.Permission;
    case 404:
      return Code.NotFound;
    case 429:
      return Code.RateLimited;
  }
  return status >= 500 && status < 600 ? Code.Server : Code.Http;
};

/** Waits until the request may be sent. */
const takePlace = (call: Call): void | PromiseLike<void> => {
  const { _queue: queue, _client: { rateLimit }, _spec: { _name: operation }, _options: { signal } } = call;
  if (queue) {
    const granted = place(queue, call);
    call._hasPlace = granted === true;
    if (call._hasPlace) return;
    if (granted) emit(call, "queued");
    return Promise.resolve(granted).then((granted) => {
      if (!granted) throw failure(call, Code.RateLimited, false, held(queue, now()));
      call._hasPlace = true;
    });
  }
  if (!rateLimit) return;
  emit(call, "queued");
  return (rateLimit as RateLimiter).acquire({ operation, attempt: call._attempts + 1, signal } as any) as any;
};

/** One attempt. The timeout in milliseconds includes the body. */
const attempt = (call: Call, startedAt: number, ms: number) =>
  new Promise<Event>((happened) => {
    const { _client: { fetch = globalThis.fetch }, _queue: queue } = call;
    const attempt = (call._attempt = noAttempt());
    call._attempts++;
    emit(call, "request");
    // A listener may have aborted it.
    if (call._over) return;
    send(attempt, fetch, call._outgoing!, (event) => {
      const { _status: status, _headers: headers } = attempt;
      if (headers) emit(call, "response", { status, durationMs: now() - startedAt });
      happened(event);
    });
    if (queue) sent(queue, startedAt);
    call._hasPlace = false;
    wait(call, ms, () => happened(Event.TimerRang));
  });

/** A timer of any length, in several parts beyond six days. */
const wait = (call: Call, ms: number, rings: () => void) => {
  const first = timer(ms);
  clearTimeout(call._timer);
  call._timer = setTimeout(() => (ms > first ? wait(call, ms - first, rings) : rings()), first);
};

/** The wait before the next attempt of an unsuccessful call, in milliseconds; otherwise the call fails. */
const again = (call: Call, event: Event): number => {
  const { _attempt: { _status: status, _wait: asked }, _attempts: attempts, _spec: { _repeatSafe: safe } } = call;
  // The status counts, even if the body is lost.
  const isLost = event === Event.TimerRang || (event === Event.Lost && !(status >= 400));
  const at = now();
  const isHeld = event !== Event.TimerRang && status === 429;
  if (call._queue && isHeld) {
    hold(call._queue, asked, at);
    refuseImpatient(call._queue, at);
  }
  const wait = !isLost && asked >= 0 ? asked : backoff(attempts);
  const isWorth = (isLost && safe) || retryable(status, safe);
  if (isWorth && attempts <= call._options.maxRetries && at + wait < call._deadline) return wait;
  const code = event === Event.TimerRang ? Code.Timeout : isLost ? Code.Network : codeOf(status);
  const reached = (isLost && !(status >= 400)) || status >= 500;
  throw failure(call, code, reached && !safe, asked);
};

/** The result of a success. */
const read = (call: Call, event: Event) => {
  if (event === Event.Json) return call._attempt._json;
  if (event === Event.ErrorJson) throw failure(call, Code.Http, false, NO_WAIT);
  throw failure(call, Code.Parse, !call._spec._repeatSafe, NO_WAIT);
};

const drive = async (call: Call): Promise<unknown> => {
  const { attemptTimeout, timeout } = call._options;
  let asked = now();
  call._deadline = asked + (timeout || Infinity);
  while (!call._over) {
    call._patience = call._deadline - asked;
    const turn = takePlace(call);
    if (turn) await turn;
    const startedAt = now();
    // The timeout excludes the wait for a slot.
    call._deadline += startedAt - asked;
    const event = await attempt(call, startedAt, Math.min(attemptTimeout || Infinity, call._deadline - startedAt));
    clearTimeout(call._timer);
    const { _status: status } = call._attempt;
    const isWhole = event !== Event.TimerRang && event !== Event.Lost;
    if (isWhole && status >= 200 && status < 300) return read(call, event);
    const delayMs = again(call, event);
    drop(call._attempt);
    emit(call, "retry", { delayMs: timer(delayMs) });
    if (call._over) return;
    await new Promise<void>((rings) => wait(call, delayMs, rings));
    asked = now();
    // While a laptop sleeps, the clock continues and timers do not.
    call._attempt = noAttempt();
    if (asked >= call._deadline) throw failure(call, Code.Timeout, false, NO_WAIT);
  }
  return;
};

const end = (call: Call) => {
  const { _queue: queue } = call;
  call._over = true;
  clearTimeout(call._timer);
  drop(call._attempt);
  if (queue) {
    queue._calls--;
    leave(queue, call, call._hasPlace);
  }
};

/** Makes one call. Never throws synchronously. */
export const call = (clientOf: () => Client, operation: Operation, args: unknown[], given: unknown) => {
  let abort: (() => void) | undefined;
  const promise: Promise<any> & { _abort?: () => void } = new Promise((resolve, reject) => {
    const client = clientOf();
    const options = given === undefined ? client : readCall(given, client, operation._name);
    const { signal } = options;
    const call: Call = {
      _client: client,
      _options: options,
      _spec: operation,
      _limit: client.rateLimit as RateLimit,
      _hasPlace: false,
      _attempts: 0,
      _attempt: noAttempt(),
      _deadline: 0,
      _patience: 0,
    };
    let unlisten: (() => void) | undefined;
    const settle = (how: (value: any) => void) => (value: unknown) => {
      if (call._over) return;
      end(call);
      unlisten?.();
      how(value);
    };
    abort = () => settle(reject)(reasonOf(signal));
    if (signal?.aborted) return abort();
    call._outgoing = prepare(client, operation, args, write(operation, args));
    if (signal) unlisten = listen(signal, abort);
    const { requests, acquire } = client.rateLimit as any;
    if (requests && !acquire) {
      call._queue = queueOf(client._shared);
      call._queue._calls++;
    }
    drive(call).then(settle(resolve), settle(reject));
  });
  promise._abort = abort!;
  return promise;
};
