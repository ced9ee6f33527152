/** The sandbox as a `fetch`: passes requests to the handler and transfers the responses. */
import { pause } from "./body.js";
import type { Clock } from "./clock.js";
import { Connection } from "./connection.js";
import { HOW_TO_REACH, connectionError } from "./errors.js";
import type { Handler } from "./generated/module.js";
import { type Outgoing, read, reason } from "./request.js";
import { respond } from "./response.js";

/** The origin of the sandbox. `.invalid` names resolve in no other network. */
export const ORIGIN = "https://sandbox.invalid";
/** The origin of the API. */
const API_ORIGIN = "https://crmwebhook.com";

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

export class Network {
  readonly #handler: () => Handler;
  readonly #clock: Clock;
  readonly #open = new Set<Connection>();

  /** @param handler returns the handler, or throws if the sandbox is disposed of */
  constructor(handler: () => Handler, clock: Clock) {
    this.#handler = handler;
    this.#clock = clock;
  }

  /** `fetch`, within the sandbox. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    let request = await read(input, init);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.#exchange(request);
      const next = redirected(request, response);
      if (next === undefined) return response;
      request = next;
    }
    throw connectionError("too many redirects");
  };

  /** Closes the connections of all requests in flight. */
  closeAll(why: string): void {
    for (const connection of [...this.#open]) connection.close(connectionError(why));
  }

  async #exchange(request: Outgoing): Promise<Response> {
    const { url, method, headers, signal } = request;
    if (url.origin !== ORIGIN && url.origin !== API_ORIGIN) {
      const reach = `the sandbox only reaches ${ORIGIN} and ${API_ORIGIN}, not ${url.origin}`;
      throw connectionError(`${reach}; ${HOW_TO_REACH}`);
    }
    if (signal?.aborted) throw reason(signal);
    const handler = this.#handler();
    const target = url.pathname + url.search;
    const decision = handler.receive(method, target, headers, ORIGIN, this.#clock.now());
    const connection = new Connection(handler, decision.id, signal, this.#open);
    if (decision.dropsUnread) return reset(connection);
    if (decision.delayMs > 0) await pause(decision.delayMs, connection, this.#clock);
    const reply = handler.respond(decision.id, request.body, this.#clock.now());
    if (reply.transfer.kind === "reset") return reset(connection);
    if (reply.transfer.kind === "stall") return connection.closed;
    return respond(reply, url, method, connection, this.#clock);
  }
}

function reset(connection: Connection): never {
  connection.complete();
  throw connectionError("the sandbox reset the connection");
}

/** The request that follows a redirect; `undefined` if none is to be followed. */
function redirected(request: Outgoing, response: Response): Outgoing | undefined {
  const location = response.headers.get("location");
  if (request.redirect === "manual" || location === null || !REDIRECTS.includes(response.status)) return undefined;
  if (request.redirect === "error") throw connectionError('the response is a redirect, and redirect is "error"');
  const becomesGet =
    response.status === 303 ? request.method !== "HEAD" : response.status < 303 && request.method === "POST";
  return {
    ...request,
    url: new URL(location, request.url),
    ...(becomesGet && { method: "GET", body: new Uint8Array() }),
  };
}
