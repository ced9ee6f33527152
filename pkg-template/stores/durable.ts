/** A store in a Durable Object of Cloudflare, for all isolates of a Worker. */
import type { DurableNamespace, DurableOptions } from "../durable/api.js";
import type { Store } from "./api.js";
import { SqlTables, type Sql } from "./sql.js";
import { Steps } from "./steps.js";
import { storeOf } from "./store.js";

/** How often what is no longer kept is removed, in milliseconds: every hour. */
const CLEARING_MS = 3_600_000;

/** `Date.now()` counts whole milliseconds. */
const PLACE = { isRemote: true, clockMs: 1 };

/** The part of an object's state that is used. */
interface State {
  storage: {
    sql: Sql;
    getAlarm(): Promise<number | null>;
    setAlarm(at: number): Promise<void>;
  };
}

export class CenterfyObject {
  readonly #storage: State["storage"];
  readonly #tables: SqlTables;
  readonly #steps: Steps;
  #hasAlarm = false;

  constructor({ storage }: State) {
    this.#storage = storage;
    this.#tables = new SqlTables(storage.sql);
    this.#steps = new Steps(this.#tables);
  }

  async fetch(request: Request): Promise<Response> {
    const [step, ...args] = (await request.json()) as [keyof Steps, ...unknown[]];
    try {
      const result = (this.#steps[step] as any)(Date.now(), ...args);
      await this.#ensureAlarm();
      return Response.json(result ?? null);
    } catch (error) {
      this.#tables.reload();
      throw error;
    }
  }

  /** Removes what is no longer kept, and runs again while anything is. */
  async alarm(): Promise<void> {
    this.#hasAlarm = false;
    this.#tables.clear(Date.now());
    if (!this.#tables.isEmpty) await this.#ensureAlarm();
  }

  async #ensureAlarm() {
    if (this.#hasAlarm) return;
    if ((await this.#storage.getAlarm()) === null) await this.#storage.setAlarm(Date.now() + CLEARING_MS);
    this.#hasAlarm = true;
  }
}

export const durable = (namespace: DurableNamespace, { name: object = "centerfy" }: DurableOptions = {}): Store => {
  if (typeof namespace?.idFromName !== "function") {
    throw new TypeError("durable() takes a binding to a Durable Object, such as env.CENTERFY");
  }
  return storeOf(async (...step) => {
    const stub = namespace.get(namespace.idFromName(object));
    const response = await stub.fetch("https://centerfy.invalid/", { method: "POST", body: JSON.stringify(step) });
    if (!response.ok) throw new Error(`The Durable Object answered ${response.status}`);
    return response.json();
  }, PLACE);
};
