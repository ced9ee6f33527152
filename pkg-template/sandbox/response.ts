/** Creates a `Response` from a reply. */
import { pieces } from "./body.js";
import type { Clock } from "./clock.js";
import type { Connection } from "./connection.js";
import { connectionError } from "./errors.js";
import type { Reply } from "./generated/module.js";
import { declaredLength } from "./length.js";

/** The statuses without a body. */
const BODILESS = [204, 205, 304];

export function respond(reply: Reply, url: URL, method: string, connection: Connection, clock: Clock): Response {
  const { status, body, transfer } = reply;
  const headers: [string, string][] = [...reply.headers];
  const bodiless = method === "HEAD" || BODILESS.includes(status);
  if (!BODILESS.includes(status)) headers.push(["content-length", String(declaredLength(reply))]);
  if (bodiless || transfer.kind === "whole") connection.complete();
  const from = () => pieces(reply, connection, clock);
  if (!globalThis.Response) {
    return new PlainResponse(status, headers, url.href, bodiless ? undefined : from, connection) as unknown as Response;
  }
  const content = bodiless ? null : transfer.kind === "whole" ? body : stream(from(), connection);
  const response = new Response(content, { status, headers });
  Object.defineProperty(response, "url", { value: url.href });
  return response;
}

/** A stream that produces each piece on demand. */
function stream(
  from: AsyncGenerator<Uint8Array<ArrayBuffer>, void>,
  connection: Connection,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await from.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => connection.close(connectionError("the body was canceled")),
    },
    { highWaterMark: 0 },
  );
}

/** The parts of a `Response` that clients use, for Jest's jsdom, which has none. */
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
    connection: Connection,
  ) {
    this.ok = status >= 200 && status < 300;
    this.headers = {
      get: (name) => {
        const values = headers.filter(([known]) => known === name.toLowerCase()).map(([, value]) => value);
        return values.length > 0 ? values.join(", ") : null;
      },
    };
    this.body = { cancel: async () => connection.close(connectionError("the body was canceled")) };
    this.#pieces = pieces;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.bodyUsed) throw new TypeError("the body has already been read");
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
