/** A store in a Durable Object of Cloudflare, for all isolates of a Worker. */
import type { DurableNamespace, DurableOptions } from "./api.js";
import type { Store } from "../store/api.js";
import { SqlTables, type Sql } from "./sql.js";
import { Steps } from "../store/steps.js";
import { storeOf } from "../store/store.js";

/** How often idle limits are removed, in milliseconds: each hour. */
const CLEARING_MS = 3_600_000;
/** The least time between two alarms, in milliseconds. */
const LEAST_CLEARING_MS = 10_000;

/** `Date.now()` returns whole milliseconds. */
const TRAITS = { isRemote: true, clockMs: 1 };

/** The part of an object's state that is used. */
interface State {
  storage: {
    sql: Sql;
    transactionSync<T>(act: () => T): T;
    getAlarm(): Promise<number | null>;
    setAlarm(at: number): Promise<void>;
  };
}

export class CenterfyObject {
  readonly #storage: State["storage"];
  readonly #tables: SqlTables;
  readonly #steps: Steps;
  /** When the alarm is due, as far as is known. */
  #alarmAt: number | undefined;

  constructor({ storage }: State) {
    this.#storage = storage;
    this.#tables = new SqlTables(storage.sql);
    this.#steps = new Steps(this.#tables);
  }

  async fetch(request: Request): Promise<Response> {
    const [step, ...args] = (await request.json()) as [keyof Steps, ...unknown[]];
    const now = Date.now();
    const result = this.#atomically(() => (this.#steps[step] as any)(now, ...args));
    await this.#ensureAlarm(now, now);
    return Response.json(result ?? null);
  }

  /** Removes expired data, and schedules the next alarm while there is data. */
  async alarm(): Promise<void> {
    const now = Date.now();
    this.#alarmAt = undefined;
    this.#atomically(() => this.#tables.clear(now));
    if (!this.#tables.isEmpty) await this.#ensureAlarm(now, now + LEAST_CLEARING_MS);
  }

  /** Runs in a transaction. */
  #atomically<T>(act: () => T): T {
    try {
      return this.#storage.transactionSync(act);
    } catch (error) {
      this.#tables.reload();
      throw error;
    }
  }

  /** Schedules the alarm for when the next record expires, but not before `earliest`, and within an hour. */
  async #ensureAlarm(now: number, earliest: number) {
    // An overdue alarm has failed and does not run again.
    if (this.#alarmAt === undefined || this.#alarmAt < now - CLEARING_MS) this.#alarmAt = (await this.#storage.getAlarm()) ?? Infinity;
    const at = Math.min(Math.max(this.#tables.earliestEnd, earliest), now + CLEARING_MS);
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    await this.#storage.setAlarm(at);
  }
}

export const durableStore = (namespace: DurableNamespace, { name: object = "centerfy" }: DurableOptions = {}): Store => {
  if (typeof namespace?.idFromName !== "function") {
    throw new TypeError("durableStore() requires a Durable Object binding, such as env.CENTERFY");
  }
  return storeOf(async (...step) => {
    const stub = namespace.get(namespace.idFromName(object));
    const response = await stub.fetch("https://centerfy.invalid/", { method: "POST", body: JSON.stringify(step) });
    if (!response.ok) throw new Error(`The Durable Object responded with status ${response.status}`);
    return response.json();
  }, TRAITS);
};
