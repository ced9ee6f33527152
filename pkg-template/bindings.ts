/** The exports of the WebAssembly module; `src/wasm/lib.rs` documents each. */
import type { Event, Kind } from "./generated/protocol.js";

export interface Bindings {
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
    wait?: number,
    said?: number,
    now?: number,
    random?: number,
  ): number;
}
