/** The connection of one request: it ends when the client hangs up, or when the sandbox goes. */
import type { Handler } from "./generated/module.js";
import { reason } from "./request.js";

export class Line {
  readonly #handler: Handler;
  readonly #ticket: number;
  readonly #open: Set<Line>;
  readonly #signal: AbortSignal | undefined;
  #reject: (reason: unknown) => void = () => {};

  /** Rejects when the line breaks, and never resolves. */
  readonly breaks: Promise<never>;

  constructor(handler: Handler, ticket: number, signal: AbortSignal | undefined, open: Set<Line>) {
    this.#handler = handler;
    this.#ticket = ticket;
    this.#signal = signal;
    this.#open = open.add(this);
    this.breaks = new Promise((_, reject) => (this.#reject = reject));
    this.breaks.catch(() => {});
    signal?.addEventListener("abort", this.#abort);
  }

  /** All of the answer was handed over, or all of it that ever will be. */
  done(): void {
    this.#close(false);
  }

  /** The client hangs up, or the sandbox goes. */
  break(why: unknown): void {
    this.#reject(why);
    this.#close(true);
  }

  readonly #abort = (): void => this.break(reason(this.#signal as AbortSignal));

  #close(clientLeft: boolean): void {
    if (!this.#open.delete(this)) return;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#handler.close(this.#ticket, clientLeft);
  }
}
