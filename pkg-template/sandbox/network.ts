/** The sandbox as a `fetch`: from a request to the handler and back, as a real connection does it. */
import { pause } from "./body.js";
import type { Clock } from "./clock.js";
import { WAY_IN, broken } from "./errors.js";
import type { Handler } from "./generated/module.js";
import { Line } from "./line.js";
import { type Outgoing, read, reason } from "./request.js";
import { respond } from "./response.js";

/** Where the sandbox is: at a name that leads nowhere in any other network. */
export const ORIGIN = "https://sandbox.invalid";
/** Where the API is. */
const API_ORIGIN = "https://crmwebhook.com";

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

export class Network {
  readonly #handler: () => Handler;
  readonly #clock: Clock;
  readonly #open = new Set<Line>();

  /** @param handler gives the handler, or throws where the sandbox is gone */
  constructor(handler: () => Handler, clock: Clock) {
    this.#handler = handler;
    this.#clock = clock;
  }

  /** What `fetch` does, in this network. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    let request = await read(input, init);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const response = await this.#exchange(request);
      const next = redirected(request, response);
      if (next === undefined) return response;
      request = next;
    }
    throw broken("too many redirects");
  };

  /** Ends everything that is under way. */
  hangUp(why: string): void {
    for (const line of [...this.#open]) line.break(broken(why));
  }

  async #exchange(request: Outgoing): Promise<Response> {
    const { url, method, headers, signal } = request;
    if (url.origin !== ORIGIN && url.origin !== API_ORIGIN) {
      const answers = `it answers for ${ORIGIN} and ${API_ORIGIN}, not for ${url.origin}`;
      throw broken(`the sandbox reaches nobody: ${answers}; ${WAY_IN}`);
    }
    if (signal?.aborted) throw reason(signal);
    const handler = this.#handler();
    const target = url.pathname + url.search;
    const decision = handler.receive(method, target, headers, ORIGIN, this.#clock.now());
    const line = new Line(handler, decision.ticket, signal, this.#open);
    if (decision.dropsUnread) return reset(line);
    if (decision.delayMs > 0) await pause(decision.delayMs, line, this.#clock);
    const reply = handler.answer(decision.ticket, request.body, this.#clock.now());
    if (reply.manner.kind === "reset") return reset(line);
    if (reply.manner.kind === "stall") return line.breaks;
    return respond(reply, url, method, line, this.#clock);
  }
}

function reset(line: Line): never {
  line.done();
  throw broken("the sandbox reset the connection");
}

/** The request that follows a redirect, where one shall be followed. */
function redirected(request: Outgoing, response: Response): Outgoing | undefined {
  const location = response.headers.get("location");
  if (request.redirect === "manual" || location === null || !REDIRECTS.includes(response.status)) return undefined;
  if (request.redirect === "error") throw broken("a redirect, where none is wanted");
  const becomesGet =
    response.status === 303 ? request.method !== "HEAD" : response.status < 303 && request.method === "POST";
  return {
    ...request,
    url: new URL(location, request.url),
    ...(becomesGet && { method: "GET", body: new Uint8Array() }),
  };
}
