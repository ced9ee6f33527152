/**
 * A sandbox, as tests have it in their hands: whole, behind a framework's `Proxy`, or in pieces. So no method
 * needs `this`.
 */
import type { Agent, Message, Operation } from "../types.js";
import type * as api from "./api.js";
import { Clock } from "./clock.js";
import { wrong } from "./errors.js";
import { Handler } from "./generated/module.js";
import { Network, ORIGIN } from "./network.js";
import { type Checked, distance } from "./options.js";
import type { Deliveries, ListedCall, ListedContact, LogEntry } from "./types.js";

export class Sandbox {
  readonly #setup: Checked["setup"];
  readonly #clock: Clock;
  readonly #network: Network;
  #handler: Handler | undefined;
  /** A Worker has no clock while its module is loaded. */
  #isTimeless: boolean;

  readonly apiKey: string;
  readonly otherApiKey: string;
  readonly organizationId: string;
  readonly subAccountId: string;
  readonly baseUrl = `${ORIGIN}/functions/v1/crm-api`;
  readonly fetch: api.SandboxFetch;

  constructor(apiKey: string, { setup, standing }: Checked) {
    this.apiKey = apiKey;
    this.#setup = setup;
    this.#clock = new Clock(standing);
    this.#network = new Network(() => this.#living(), this.#clock);
    this.fetch = this.#network.fetch as api.SandboxFetch;
    this.#handler = this.#make();
    this.#isTimeless = standing === undefined && this.#clock.now() === 0;
    const scopes = this.#handler.scopes(this.#clock.now());
    this.otherApiKey = scopes.otherKey;
    this.organizationId = scopes.organizationId;
    this.subAccountId = scopes.subAccountId;
    // Runtimes without `using` have no such symbol.
    if (Symbol.dispose) Object.defineProperty(this, Symbol.dispose, { value: this.dispose });
  }

  readonly fail = (operation: Operation | "any", fault: api.Fault): void => {
    if (typeof fault !== "object" || fault === null) {
      throw wrong("fault", 'an object such as { type: "drop", when: "after" }', fault);
    }
    const only = operation === "any" ? null : String(operation);
    this.#living().fail(JSON.stringify({ ...fault, operation: only }, odd), this.#clock.now());
  };

  readonly clearFaults = (): void => this.#living().clearFaults(this.#clock.now());

  readonly agents = (): Agent[] => this.#living().agents(this.#clock.now());

  readonly contacts = (): ListedContact[] => this.#living().contacts(this.#clock.now());

  readonly conversation = (contactId: string): Message[] =>
    this.#living().conversation(text("contactId", contactId), this.#clock.now());

  readonly calls = (): ListedCall[] => this.#living().calls(this.#clock.now());

  readonly deliveries = (): Deliveries => this.#living().deliveries(this.#clock.now());

  readonly log = (): LogEntry[] => this.#living().log(this.#clock.now());

  readonly receive = (message: api.IncomingMessage): Message => {
    if (typeof message !== "object" || message === null) throw wrong("message", "{ contactId, content }", message);
    const { contactId, content, messageType = "sms", senderType = "contact" } = message;
    const written = {
      contact_id: text("contactId", contactId),
      content: text("content", content),
      message_type: text("messageType", messageType),
      sender_type: text("senderType", senderType),
    };
    return this.#living().write(JSON.stringify(written), this.#clock.now());
  };

  readonly advance = (ms: number): void => {
    this.#living();
    this.#clock.advance(distance(ms));
  };

  readonly reset = (): void => {
    const old = this.#living();
    this.#network.hangUp("the sandbox was reset");
    this.#clock.reset();
    this.#handler = this.#make();
    old.free();
  };

  readonly dispose = (): void => {
    this.#network.hangUp("the sandbox was disposed of");
    this.#handler?.free();
    this.#handler = undefined;
  };

  #make(): Handler {
    return Handler.ofOneWorld(this.apiKey, this.#setup, this.#clock.now());
  }

  /** Where there is a clock at the first use, what was made in 1970 is made anew. */
  #useClock(timeless: Handler) {
    this.#isTimeless = false;
    if (this.#clock.now() === 0) return;
    timeless.free();
    this.#handler = this.#make();
  }

  #living(): Handler {
    if (this.#handler === undefined) throw new TypeError("this sandbox was disposed of");
    if (this.#isTimeless) this.#useClock(this.#handler);
    return this.#handler as Handler;
  }
}

function text(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrong(name, "a string", value);
  return value;
}

/** JSON has no word for these numbers; without one, an error could not name them. */
function odd(this: unknown, _name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
