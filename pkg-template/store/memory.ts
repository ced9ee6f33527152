/** A store in this process. */
import type { Store } from "./api.js";
import { expectTimer, now } from "./clock.js";
import type { IdempotencyRecord } from "./record.js";
import type { RunPage, RunRow } from "./run-items.js";
import { Steps, type Tables } from "./steps.js";
import { storeOf } from "./store.js";
import { Window } from "./window.js";

const TRAITS = { isRemote: false, clockMs: 0 };

/** How many limits are kept before idle ones are removed. */
const SWEEP_AT = 1_000;
/** The most records. None is evicted, because its request could be sent twice. */
const MOST_RECORDS = 200_000;

/** A run, and its items by their keys. */
interface MemoryRun {
  settings: string;
  keepUntil: number;
  items: Map<string, RunRow>;
}

/** The tables of a store, as maps. */
export class MemoryTables implements Tables {
  readonly #windows = new Map<string, Window>();
  #sweepAt = SWEEP_AT;
  /** Roughly in the order of their expiration, because most are kept for the same time. */
  readonly #records = new Map<string, IdempotencyRecord>();
  #completeSince: number | undefined;

  readonly #runs = new Map<string, MemoryRun>();

  window(name: string, at: number): Window {
    let window = this.#windows.get(name);
    if (!window) {
      if (this.#windows.size >= this.#sweepAt) this.#sweepWindows(at);
      this.#windows.set(name, (window = new Window()));
    }
    return window;
  }

  record(key: string, at: number): IdempotencyRecord | undefined {
    for (const [old, { keepUntil }] of this.#records) {
      if (keepUntil > at) break;
      this.#records.delete(old);
    }
    const record = this.#records.get(key);
    return record && record.keepUntil > at ? record : undefined;
  }

  keep(key: string, record: IdempotencyRecord) {
    const known = this.#records.get(key);
    if (!known && this.#records.size >= MOST_RECORDS) throw new Error(`The store is full: it keeps at most ${MOST_RECORDS} idempotency keys`);
    if (known?.keepUntil !== record.keepUntil) this.#records.delete(key);
    this.#records.set(key, record);
  }

  /** The time of the first use, because Workers have no clock at the top level of a module. */
  completeSince(at: number): number {
    return (this.#completeSince ??= at);
  }

  runSettings(run: string, at: number): string | undefined {
    for (const [old, { keepUntil }] of this.#runs) if (keepUntil <= at) this.#runs.delete(old);
    return this.#runs.get(run)?.settings;
  }

  keepRun(run: string, settings: string, keepUntil: number) {
    this.#runs.set(run, { items: new Map(), ...this.#runs.get(run), settings, keepUntil });
  }

  runItem(run: string, key: string): RunRow | undefined {
    return this.#runs.get(run)?.items.get(key);
  }

  keepRunItem(run: string, key: string, row: RunRow) {
    this.#runs.get(run)?.items.set(key, row);
  }

  /** All at once, because they are in memory already. */
  runItems(run: string): RunPage {
    return { rows: [...(this.#runs.get(run)?.items ?? [])], cursor: "" };
  }

  #sweepWindows(at: number) {
    for (const [name, window] of this.#windows) {
      window.advance(at);
      if (window.isIdle) this.#windows.delete(name);
    }
    this.#sweepAt = this.#windows.size + SWEEP_AT;
  }
}

/** Names for which callers were told when to try again. */
const makeExpected = () => {
  const expected = new Set<string>();
  /** Sets at most one timer for each name. */
  return (name: string, ms: number) => {
    if (!(ms > 0) || expected.has(name)) return;
    expected.add(name);
    expectTimer(ms, () => expected.delete(name));
  };
};

export const memoryStore = (): Store => {
  const steps = new Steps(new MemoryTables());
  const expect = makeExpected();
  return storeOf(async (step, ...args) => {
    const result = (steps[step] as any)(now(), ...args);
    if (step === "admit") expect(args[0] as string, result);
    if (step === "hold") expect(`hold ${args[0]}`, args[1] as number);
    return result;
  }, TRAITS);
};
