/** One listener per signal, however many calls share it: runtimes warn about many listeners and search them linearly. */
import type { AbortSignalLike } from "./types.js";

interface Shared {
  _callbacks: Set<() => void>;
  _listener: () => void;
}

const listeners = new WeakMap<AbortSignalLike, Shared>();

/** Calls `callback` when the signal aborts. Returns a function that removes the callback. */
export const listen = (signal: AbortSignalLike, callback: () => void) => {
  let shared = listeners.get(signal);
  if (!shared) {
    const callbacks = new Set<() => void>();
    listeners.set(signal, (shared = { _callbacks: callbacks, _listener: () => callbacks.forEach((callback) => callback()) }));
  }
  const { _callbacks: callbacks, _listener: listener } = shared;
  if (!callbacks.size) signal.addEventListener("abort", listener);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (!callbacks.size) signal.removeEventListener("abort", listener);
  };
};

/** The reason of an aborted signal. Signals of older runtimes have none. */
export const reasonOf = (signal?: AbortSignalLike) =>
  signal?.reason !== undefined
    ? signal.reason
    : Object.assign(Error("This operation was aborted"), { name: "AbortError" });
