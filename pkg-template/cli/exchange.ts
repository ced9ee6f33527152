/** One request over a socket, from its head to the last byte of its answer; faults break the socket. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Decision, Handler, Reply } from "../sandbox/generated/module.js";
import { declaredLength } from "../sandbox/length.js";

/** A larger body is refused, so no more than one byte beyond is kept. */
const LARGEST_BODY = 8 << 20;
/** Bytes that lie in the socket's buffer when it is reset are lost; they get so long to leave. */
const BEFORE_RESET_MS = 25;
/** The longest that a timer can wait; what is longer takes several. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The statuses that have no body, and no length of one. */
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
    // A request that broke off; the end of its socket closes this exchange.
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
  #reset(word: string): void {
    this.#close(word, false);
    this.#request.socket.resetAndDestroy();
  }

  /** The exchange has come to its end: what was to be handed over is, or the client has left. */
  #close(word: string, clientLeft: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    const { id, line, operation } = this.#decision;
    this.#handler.close(id, clientLeft);
    const ms = Math.round(performance.now() - this.#started);
    if (line !== null) this.#log(`${line} ${word} ${ms}ms ${operation ?? ""}`.trimEnd());
  }
}

/** Without a timer where there is nothing to wait for. A timer may ring a little early. */
async function wait(ms: number): Promise<void> {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) await pause(Math.min(Math.ceil(left), LONGEST_TIMER));
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    // Node gives each byte as a character; the sandbox reads UTF-8.
    const value = Buffer.from(rawHeaders[at + 1] as string, "latin1").toString("utf8");
    pairs.push([(rawHeaders[at] as string).toLowerCase(), value]);
  }
  return pairs;
}

/** The bytes of a body, as far as anybody wants to know them; nothing if it breaks off. */
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

/** The headers, name and value in turns. */
function lines(reply: Reply): string[] {
  const lines = reply.headers.flatMap(([name, value]) => [name, Buffer.from(value, "utf8").toString("latin1")]);
  if (!BODILESS.includes(reply.status)) lines.push("content-length", String(declaredLength(reply)));
  return lines;
}
