/** What the WebAssembly module exports: `src/wasm/lib.rs` describes each. */
import type { Event, Kind } from "./generated/protocol.js";

export interface Door {
  field(index: number, kind: Kind, size: number, word: number): number;
  open(
    call: number,
    repeatSafe: boolean,
    once: boolean,
    maxRetries: number,
    attemptTimeout: number,
    timeout: number,
    now: number,
  ): void;
  event(
    call: number,
    event: Event,
    status: number,
    wait: number,
    said: number,
    now: number,
    random: number,
  ): number;
}
