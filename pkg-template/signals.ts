/** One listener a signal, however many calls it is given to: runtimes warn of more, and search them. */
import type { AbortSignalLike } from "./types.js";

interface Listener {
  /** What is to be done when it aborts. */
  _aborts: Set<() => void>;
  _listener: () => void;
}

const listeners = new WeakMap<AbortSignalLike, Listener>();

/** Has `abort` called when the signal aborts. Gives what takes it away again. */
export const listen = (signal: AbortSignalLike, abort: () => void) => {
  let listener = listeners.get(signal);
  if (!listener) {
    const aborts = new Set<() => void>();
    listeners.set(signal, (listener = { _aborts: aborts, _listener: () => aborts.forEach((abort) => abort()) }));
  }
  const { _aborts: aborts, _listener } = listener;
  if (!aborts.size) signal.addEventListener("abort", _listener);
  aborts.add(abort);
  return () => {
    aborts.delete(abort);
    if (!aborts.size) signal.removeEventListener("abort", _listener);
  };
};

/** Why it aborted. Signals of older runtimes do not say. */
export const reasonOf = (signal?: AbortSignalLike) =>
  signal?.reason !== undefined
    ? signal.reason
    : Object.assign(Error("This operation was aborted"), { name: "AbortError" });
