/** One HTTP exchange with the sandbox. Faults break its connection. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Decision, Handler, Reply } from "../sandbox/generated/module.js";
import { declaredLength } from "../sandbox/length.js";

/** The handler rejects larger bodies, so the rest of one is not kept. */
const LARGEST_BODY = 8 << 20;
/** A reset discards the bytes in the socket's buffer, so it is delayed until they are sent. */
const BEFORE_RESET_MS = 25;
/** The longest delay of a timer, in milliseconds. Longer waits take several timers. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The statuses whose responses have neither a body nor a content-length. */
const BODILESS = [204, 304];

export class Exchange {
  readonly #handler: Handler;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #log: (line: string) => void;
  readonly #started = performance.now();
  readonly #decision: Decision;
  #open = true;

  constructor(handler: Handler, request: IncomingMessage, response: ServerResponse, log: (line: string) => void) {
    this.#handler = handler;
    this.#request = request;
    this.#response = response;
    this.#log = log;
    const { method = "GET", url = "/" } = request;
    this.#decision = handler.receive(method, url, headersOf(request), undefined, Date.now());
    response.on("close", () => this.#close("closed-by-client", true));
    response.on("error", () => {});
  }

  async run(): Promise<void> {
    const { id, delayMs, dropsUnread } = this.#decision;
    if (dropsUnread) return this.#reset("dropped-before");
    const body = await read(this.#request);
    // The request was incomplete; its socket's "close" event closes this exchange.
    if (body === undefined) return;
    await wait(delayMs);
    if (!this.#open) return;
    const reply = this.#handler.respond(id, body, Date.now());
    if (reply.transfer.kind === "reset") return this.#reset("dropped-after");
    if (reply.transfer.kind !== "stall") await this.#answer(reply);
  }

  async #answer(reply: Reply): Promise<void> {
    const { status, body, transfer } = reply;
    this.#response.writeHead(status, lines(reply));
    if (this.#request.method === "HEAD" || transfer.kind === "whole") {
      this.#close(String(status), false);
      this.#response.end(body);
      return;
    }
    if (transfer.kind === "trickle") return this.#trickle(reply, transfer);
    const { kind, bytes } = transfer as { kind: "cut" | "stuck"; bytes: number };
    this.#response.flushHeaders();
    this.#response.write(body.subarray(0, Math.min(bytes, declaredLength(reply) - 1)));
    if (kind === "stuck") return;
    await pause(BEFORE_RESET_MS);
    this.#reset(String(status));
  }

  async #trickle({ status, body }: Reply, { bytes, everyMs }: { bytes: number; everyMs: number }): Promise<void> {
    for (let at = 0; at < body.length; at += bytes) {
      await wait(everyMs);
      if (!this.#open) return;
      this.#response.write(body.subarray(at, at + bytes));
    }
    this.#close(String(status), false);
    this.#response.end();
  }

  /** Ends the connection with a TCP reset. */
  #reset(outcome: string): void {
    this.#close(outcome, false);
    this.#request.socket.resetAndDestroy();
  }

  /** Ends the exchange: the response is complete, or the client has disconnected. */
  #close(outcome: string, isDisconnected: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    const { id, line, operation } = this.#decision;
    this.#handler.close(id, isDisconnected);
    const ms = Math.round(performance.now() - this.#started);
    if (line !== null) this.#log(`${line} ${outcome} ${ms}ms ${operation ?? ""}`.trimEnd());
  }
}

/** Sets no timer for 0 milliseconds. Timers may fire slightly early, so the clock decides. */
async function wait(ms: number): Promise<void> {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) await pause(Math.min(Math.ceil(left), LONGEST_TIMER));
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    // Node.js decodes header values as Latin-1; the sandbox expects UTF-8.
    const value = Buffer.from(rawHeaders[at + 1] as string, "latin1").toString("utf8");
    pairs.push([(rawHeaders[at] as string).toLowerCase(), value]);
  }
  return pairs;
}

/** The body, truncated beyond `LARGEST_BODY`; `undefined` if the request was incomplete. */
async function read(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      if (length <= LARGEST_BODY) pieces.push(piece);
      length += piece.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces);
}

/** The headers as alternating names and values. */
function lines(reply: Reply): string[] {
  const lines = reply.headers.flatMap(([name, value]) => [name, Buffer.from(value, "utf8").toString("latin1")]);
  if (!BODILESS.includes(reply.status)) lines.push("content-length", String(declaredLength(reply)));
  return lines;
}
