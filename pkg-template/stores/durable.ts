/** A store in a Durable Object of Cloudflare, for all isolates of a Worker. */
import type { Store } from "../proxy/api.js";
import type { DurableNamespace, DurableOptions } from "../durable/api.js";
import { Slots } from "./slots.js";
import { Steps, type Sql } from "./steps.js";

/** How often what is no longer kept is cleared away, in milliseconds: every hour. */
const CLEARING = 3_600_000;

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
  readonly #steps: Steps;

  constructor({ storage }: State) {
    this.#storage = storage;
    this.#steps = new Steps(storage.sql, Date.now());
  }

  async fetch(request: Request): Promise<Response> {
    const [step, ...args] = (await request.json()) as [string, ...unknown[]];
    if ((await this.#storage.getAlarm()) === null) await this.#storage.setAlarm(Date.now() + CLEARING);
    return Response.json((this.#steps as any)[step](Date.now(), ...args) ?? null);
  }

  async alarm(): Promise<void> {
    this.#steps.clear(Date.now());
  }
}

let owners = 0;
const unique = () => `${Math.random().toString(36).slice(2)}-${++owners}`;

export const durable = (namespace: DurableNamespace, { name: object = "centerfy" }: DurableOptions = {}): Store => {
  if (typeof namespace?.idFromName !== "function") throw new TypeError("durable() takes a binding to a Durable Object, such as env.CENTERFY");
  const step = async (...args: [keyof Steps, ...unknown[]]): Promise<any> => {
    const stub = namespace.get(namespace.idFromName(object));
    const response = await stub.fetch("https://centerfy.invalid/", { method: "POST", body: JSON.stringify(args) });
    if (!response.ok) throw new Error(`the Durable Object answered ${response.status}`);
    return response.json();
  };
  return {
    limiter: (limit, name = "api") =>
      new Slots(
        {
          take: (id, { requests, perMs }) => step("take", name, id, requests, perMs),
          giveBack: (id) => step("giveBack", name, id),
          hold: (ms) => step("hold", name, ms),
        },
        limit,
      ),
    quotas: { admit: (name, { requests, perMs }) => step("admit", name, unique(), requests, perMs) },
    records: {
      begin: (name, beginning) => step("begin", name, unique(), beginning),
      finish: (name, owner, answer) => step("finish", name, owner, answer),
      forget: (name, owner) => step("forget", name, owner),
    },
  };
};
