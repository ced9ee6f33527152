/** What the WebAssembly module exports: `src/js/lib.rs` describes each. */
import type { Event, Kind, Operation } from "./generated/protocol.js";

export interface Door {
  field(index: number, kind: Kind, number: number): number;
  limiter(): number;
  idle(limiter: number, now: number): number;
  take(limiter: number, requests: number, perMs: number, now: number): number;
  give_back(limiter: number): void;
  held(limiter: number, now: number): number;
  open(
    operation: Operation,
    limiter: number,
    maxRetries: number,
    attemptTimeout: number,
    timeout: number,
    now: number,
  ): number;
  patience(call: number): number;
  close(call: number): void;
  event(call: number, event: Event, status: number, wait: number, now: number, random: number): number;
  feed(byte: number): void;
  wait(header: number, now: number): number;
}
