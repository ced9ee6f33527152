/**
 * Clients with a store: the limiter of the store, and idempotency keys. A call with a key is made by a client of its own,
 * whose limiter and `fetch` go through the record of the key.
 */
import { CenterfyError } from "centerfy";
import { operations, MAYBE_DELIVERED, type Spec } from "../generated/tables.js";
import type { CenterfyOptions, FetchLike, Operation, RateLimit, RateLimiter } from "../types.js";
import type { Records, Store, StoreLimiter } from "./api.js";
import { STORE } from "./attached.js";
import { digest } from "./digest.js";
import { IdempotentRequest, type Keyed, type Release } from "./idempotency.js";
import { newId } from "./ids.js";
import { isErrorStatus, KEEP_MS, UNKNOWN, type Outcome } from "./outcome.js";
import { recordingOf } from "./recording.js";
import { StoreUnavailable, type Deadline } from "./unavailable.js";
import { outlive } from "./workers.js";

type Info = Parameters<RateLimiter["acquire"]>[0];
type Method = (...args: unknown[]) => Promise<unknown>;
type Clients = new (options: CenterfyOptions) => Record<Operation, Method>;

/** A call waits for its slot, and for a request in flight with its key, until it is aborted. */
const NO_DEADLINE: Deadline = { passed: () => 0, left: (most = Infinity) => most };

const isOutcome = (started: Release | Outcome): started is Outcome => typeof started !== "function";

/** The response from which a client learns the outcome of an earlier request. */
const responseOf = ({ status, body, headers, delivered }: Outcome): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, ...(status >= 400 && { [MAYBE_DELIVERED]: String(delivered === "maybe") }) },
  });

/** The outcome to record for an error. */
const outcomeOf = (error: unknown): Outcome => {
  // The reason of an aborted signal: the request was in flight.
  if (!CenterfyError.is(error)) return UNKNOWN;
  const { maybeDelivered, status, body } = error;
  if (!maybeDelivered) return { ...UNKNOWN, delivered: "no" };
  return isErrorStatus(status) ? { status, body: body ?? {}, headers: {}, delivered: "maybe" } : UNKNOWN;
};

/** Identifies a call. Computed at once, because the caller may change the request afterwards. */
const identify = (operation: Operation, args: unknown[], key: string) => {
  const digests = Promise.all([digest([key]), digest([operation, args])]);
  // A request that is not JSON is refused before it is needed.
  digests.catch(() => {});
  return digests;
};

/** An option of a call with a key, for `centerfy/runs`. If a function rejects, nothing is sent and the call rejects with that. */
export interface Gate {
  /** Where the key is recorded. */
  records: Records;
  /** Called before the call is queued for a slot, if no earlier request has its key. */
  beforeQueue(info: Info, limiter: StoreLimiter | false): Promise<Release | undefined>;
  /** Called when the call has its slot, right before its record is written and it is sent. */
  beforeSend(): Promise<Release>;
  /** Called right before the request is sent. Returns its outcome if it must not be sent. */
  beforeFetch(): Outcome | undefined;
}

/** Takes the gate out of a call's options, because the client knows no such option. */
const takeGate = (args: unknown[], index: number): Gate | undefined => {
  if (!("gate" in Object(args[index]))) return undefined;
  const { gate, ...options } = args[index] as { gate: Gate };
  args[index] = options;
  return gate;
};

/** A call with an idempotency key. It is the limiter of the client that makes it. */
class KeyedCall implements RateLimiter {
  readonly #store: Store;
  readonly #limiter: RateLimiter | false;
  readonly #keepMs: number;
  readonly #identity: Promise<[string, string]>;
  readonly #gate: Gate | undefined;
  /** The request of the current attempt. */
  #request: IdempotentRequest | undefined;
  /** The outcome of an earlier request, which replaces this one. */
  #earlier: Outcome | undefined;

  constructor(store: Store, limiter: RateLimiter | false, keepMs: number, identity: Promise<[string, string]>, gate?: Gate) {
    this.#gate = gate;
    this.#store = store;
    this.#limiter = limiter;
    this.#keepMs = keepMs;
    this.#identity = identity;
  }

  acquire: RateLimiter["acquire"] = async (info) => {
    // After a 429, the record of the last attempt has to be gone.
    await this.#request?.forgotten;
    const request = (this.#request = await this.#newRequest(info));
    const started = await request.start(() => this.#permit(info)).catch((error) => {
      throw error instanceof StoreUnavailable ? notSent(info.operation, error) : error;
    });
    if (!isOutcome(started)) {
      return (sent) => {
        if (!sent) void request.forget();
        started(sent);
      };
    }
    this.#earlier = started;
    return undefined;
  };

  /** The API responded with 429, so the request was not executed. */
  hold: NonNullable<RateLimiter["hold"]> = (pause) => {
    if (this.#earlier) return;
    void this.#request?.forget();
    if (this.#limiter) this.#limiter.hold?.(pause);
  };

  /** Replaces a request by the outcome of an earlier one. */
  fetch = (fetch: FetchLike | undefined): FetchLike => (url, init) => {
    const outcome = this.#earlier ?? this.#gate?.beforeFetch();
    return outcome ? Promise.resolve(responseOf(outcome)) : (fetch ?? globalThis.fetch)(url, init);
  };

  /** Records the outcome of the call before its caller learns it. */
  async settle(call: Promise<unknown>): Promise<unknown> {
    try {
      const body = await call;
      await this.#finish({ status: 200, body, headers: {}, delivered: "yes" });
      return body;
    } catch (error) {
      await this.#finish(outcomeOf(error));
      throw error;
    }
  }

  async #finish(outcome: Outcome) {
    if (this.#request?.isOwner) await this.#request.finish(outcome);
    // An attempt that was not sent may be recorded meanwhile.
    else await this.#request?.forgotten;
  }

  async #permit(info: Info): Promise<Release> {
    const releases: (Release | undefined)[] = [];
    const release: Release = (sent) => releases.forEach((one) => one?.(sent));
    try {
      releases.push(await this.#gate?.beforeQueue(info, this.#limiter));
      if (this.#limiter) releases.push((await this.#limiter.acquire(info)) as Release | undefined);
      releases.push(await this.#gate?.beforeSend());
      return release;
    } catch (error) {
      release(false);
      throw error;
    }
  }

  async #newRequest({ signal }: Info): Promise<IdempotentRequest> {
    const { records } = this.#gate ?? this.#store;
    const [key, fingerprint] = await this.#identity;
    const keyed: Keyed = { key, fingerprint, owner: newId(), sinceMs: 0, keepMs: this.#keepMs };
    const background = (work: Promise<unknown>) => void outlive(work);
    const recording = recordingOf(records);
    const disconnected = signal as AbortSignal | undefined;
    return new IdempotentRequest({ records, recording, deadline: NO_DEADLINE, disconnected, isRetried: false, background, onLost: () => {} }, keyed);
  }
}

const notSent = (operation: Operation, { cause }: StoreUnavailable) =>
  new CenterfyError(`${operation}: the store is unavailable; this request was not sent`, { code: "network", operation }, cause);

const invalid = (field: string, expected: string) =>
  new CenterfyError(`${field} must be ${expected}`, { code: "validation", field });

/** The promise of an operation. It has methods of its own. */
type CallPromise = Promise<unknown> & { withResponse?: () => Promise<unknown> };

/** Replaces the promise of an operation by one that settles later. */
const keepMethods = (sent: CallPromise, settle: (sent: Promise<unknown>) => Promise<unknown>): CallPromise => {
  const settled: CallPromise = settle(sent);
  const { withResponse } = sent;
  if (withResponse) settled.withResponse = () => settled.then(() => withResponse());
  return settled;
};

/** A store for the client of one call, whose limiter is set already. */
const ATTACHED = { attach() {} };

/** Makes the methods of one client. */
class KeyedMethods {
  readonly #store: Store;
  readonly #limiter: RateLimiter | false;
  readonly #input: CenterfyOptions;
  readonly #client: Record<string, Method>;

  constructor(store: Store, limiter: RateLimiter | false, input: CenterfyOptions, client: Record<string, Method>) {
    this.#store = store;
    this.#limiter = limiter;
    this.#input = input;
    this.#client = client;
  }

  /** A method that goes through the record of its key, if it is called with one. */
  of({ _name: operation, _arity: arity }: Spec): Method {
    const method = this.#client[operation]!.bind(this.#client);
    return (...args) => {
      const { idempotencyKey: key } = Object(args[arity]);
      if (key === undefined) return method(...args);
      const gate = takeGate(args, arity);
      const { keepMs = KEEP_MS } = this.#input;
      const call = new KeyedCall(this.#store, this.#limiter, keepMs, gate ? Promise.resolve([key, ""]) : identify(operation as Operation, args.slice(0, arity), key), gate);
      return keepMethods(this.#clientOf(call)[operation]!(...args), (sent) => call.settle(sent));
    };
  }

  #clientOf(call: KeyedCall): Record<string, Method> {
    const settings = { store: ATTACHED, rateLimit: call, fetch: call.fetch(this.#input.fetch) };
    const Client = this.#client.constructor as unknown as Clients;
    return new Client(Object.setPrototypeOf(settings, this.#input));
  }
}

/** Adds a store to a client: called by its constructor with the options as they were passed and as they were read. */
export const attach = (store: Store, client: object, input: CenterfyOptions, options: CenterfyOptions): void => {
  const { keepMs = KEEP_MS, proxy } = input;
  if (proxy) throw invalid("store", "omitted with proxy; pass the store to the proxy instead");
  if (!(Number.isFinite(keepMs) && keepMs > 0)) throw invalid("keepMs", "a number of milliseconds greater than 0");
  const limit = options.rateLimit as RateLimit | RateLimiter | false;
  const limiter = limit && !("acquire" in limit) ? store.limiter(limit) : limit;
  options.rateLimit = limiter;
  Object.defineProperty(client, STORE, { value: store });
  const methods = new KeyedMethods(store, limiter, input, client as Record<string, Method>);
  for (const spec of operations) {
    if (spec._repeatSafe) continue;
    Object.defineProperty(client, spec._name, { value: methods.of(spec), configurable: true, writable: true });
  }
};
