/** A `Response` out of an answer. */
import { pieces } from "./body.js";
import type { Clock } from "./clock.js";
import { broken } from "./errors.js";
import type { Reply } from "./generated/module.js";
import type { Line } from "./line.js";
import { promised } from "./promised.js";

/** The statuses that cannot have a body. */
const BODILESS = [204, 205, 304];

export function respond(reply: Reply, url: URL, method: string, line: Line, clock: Clock): Response {
  const { status, body, manner } = reply;
  const headers: [string, string][] = [...reply.headers];
  const bodiless = method === "HEAD" || BODILESS.includes(status);
  if (!BODILESS.includes(status)) headers.push(["content-length", String(promised(reply))]);
  if (bodiless || manner.kind === "whole") line.done();
  const from = () => pieces(reply, line, clock);
  if (!globalThis.Response) {
    return new PlainResponse(status, headers, url.href, bodiless ? undefined : from, line) as unknown as Response;
  }
  const content = bodiless ? null : manner.kind === "whole" ? body : stream(from(), line);
  const response = new Response(content, { status, headers });
  Object.defineProperty(response, "url", { value: url.href });
  return response;
}

/** A stream that makes each piece when it is asked for. */
function stream(from: AsyncGenerator<Uint8Array<ArrayBuffer>, void>, line: Line): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await from.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => line.break(broken("the body was cancelled")),
    },
    { highWaterMark: 0 },
  );
}

/** What is needed of a `Response`, where there is none: in Jest's jsdom. */
class PlainResponse {
  readonly type = "basic";
  readonly redirected = false;
  readonly statusText = "";
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  readonly body: { cancel(): Promise<void> };
  bodyUsed = false;
  readonly #pieces: (() => AsyncGenerator<Uint8Array<ArrayBuffer>, void>) | undefined;

  constructor(
    readonly status: number,
    headers: [string, string][],
    readonly url: string,
    pieces: (() => AsyncGenerator<Uint8Array<ArrayBuffer>, void>) | undefined,
    line: Line,
  ) {
    this.ok = status >= 200 && status < 300;
    this.headers = {
      get: (name) => {
        const values = headers.filter(([known]) => known === name.toLowerCase()).map(([, value]) => value);
        return values.length > 0 ? values.join(", ") : null;
      },
    };
    this.body = { cancel: async () => line.break(broken("the body was cancelled")) };
    this.#pieces = pieces;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.bodyUsed) throw new TypeError("the body was read already");
    this.bodyUsed = true;
    let whole = new Uint8Array();
    for await (const piece of this.#pieces?.() ?? []) {
      const longer = new Uint8Array(whole.length + piece.length);
      longer.set(whole);
      longer.set(piece, whole.length);
      whole = longer;
    }
    return whole.buffer;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(new Uint8Array(await this.arrayBuffer()));
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}
