/** The connection of one request. */
import type { Handler } from "./generated/module.js";
import { reason } from "./request.js";

/** Closes when the response is transferred, the client disconnects, or the sandbox is reset or disposed of. */
export class Connection {
  readonly #handler: Handler;
  readonly #id: number;
  readonly #open: Set<Connection>;
  readonly #signal: AbortSignal | undefined;
  #reject: (reason: unknown) => void = () => {};

  /** Rejects when the connection is closed before the response is transferred. Never resolves. */
  readonly closed: Promise<never>;

  constructor(handler: Handler, id: number, signal: AbortSignal | undefined, open: Set<Connection>) {
    this.#handler = handler;
    this.#id = id;
    this.#signal = signal;
    this.#open = open.add(this);
    this.closed = new Promise((_, reject) => (this.#reject = reject));
    this.closed.catch(() => {});
    signal?.addEventListener("abort", this.#abort);
  }

  /** The response is transferred, or as much of it as a fault lets through. */
  complete(): void {
    this.#end(false);
  }

  /** Closes the connection before the response is transferred. */
  close(why: unknown): void {
    this.#reject(why);
    this.#end(true);
  }

  readonly #abort = (): void => this.close(reason(this.#signal as AbortSignal));

  #end(disconnected: boolean): void {
    if (!this.#open.delete(this)) return;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#handler.close(this.#id, disconnected);
  }
}
