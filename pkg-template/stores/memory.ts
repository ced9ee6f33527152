/** A store in this process. */
import type { Begun, Beginning, Quotas, RateLimit, Records, Store } from "../proxy/api.js";
import { newLimiter, type Limiter } from "../limiter.js";
import { expect, now } from "./clock.js";
import { Places, admit } from "./places.js";
import { Notes } from "./notes.js";

/** So many limits are kept before those that nobody uses are looked for. */
const SWEEP_AT = 1_000;

class MemoryQuotas implements Quotas {
  readonly #limiters = new Map<string, Limiter>();
  /** Those of whom somebody was told when to come back, and has not come yet. */
  readonly #expected = new Set<string>();
  #sweepAt = SWEEP_AT;

  async admit(name: string, limit: RateLimit): Promise<number> {
    let limiter = this.#limiters.get(name);
    if (!limiter) {
      if (this.#limiters.size >= this.#sweepAt) this.#sweep();
      this.#limiters.set(name, (limiter = newLimiter()));
    }
    const wait = admit(limiter, limit, now());
    if (wait > 0) this.#expect(name, wait);
    return wait;
  }

  /** One timer a name, however many are refused. */
  #expect(name: string, wait: number) {
    if (this.#expected.has(name)) return;
    this.#expected.add(name);
    expect(wait, () => this.#expected.delete(name));
  }

  /** Somebody who asked once must not be kept for ever. */
  #sweep() {
    for (const [name, limiter] of this.#limiters) {
      const newest = limiter._slots.at(-1);
      if (newest === undefined || now() - newest._at >= limiter._longest) this.#limiters.delete(name);
    }
    this.#sweepAt = this.#limiters.size + SWEEP_AT;
  }
}

class MemoryRecords implements Records {
  readonly #notes = new Notes(now());

  async begin(key: string, beginning: Beginning): Promise<Begun> {
    return this.#notes.begin(key, beginning, now());
  }

  async finish(key: string, owner: string, answer: string): Promise<void> {
    this.#notes.finish(key, owner, answer);
  }

  async forget(key: string, owner: string): Promise<void> {
    this.#notes.forget(key, owner);
  }
}

export const memory = (): Store => {
  const places = new Map<string, Places>();
  return {
    limiter(limit, name = "api") {
      let shared = places.get(name);
      if (!shared) places.set(name, (shared = new Places()));
      return shared.limiter(limit);
    },
    quotas: new MemoryQuotas(),
    records: new MemoryRecords(),
  };
};
