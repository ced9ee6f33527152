/**
 * The sandbox object of a test. Its methods do not use `this`, so they work behind a framework's `Proxy` and when
 * they are destructured.
 */
import type { Agent, Message, Operation } from "../types.js";
import type * as api from "./api.js";
import { Clock } from "./clock.js";
import { invalid } from "./errors.js";
import { Handler } from "./generated/module.js";
import { Network, ORIGIN } from "./network.js";
import { type Checked, distance } from "./options.js";
import type { Delivery, ListedCall, ListedContact, LogEntry } from "./types.js";

export class Sandbox {
  readonly #setup: Checked["setup"];
  readonly #clock: Clock;
  readonly #network: Network;
  #handler: Handler | undefined;
  /** Whether the sandbox was created without a clock: Workers have none while their modules are loaded. */
  #hasNoClock: boolean;

  readonly apiKey: string;
  readonly otherApiKey: string;
  readonly organizationId: string;
  readonly subAccountId: string;
  readonly baseUrl = `${ORIGIN}/functions/v1/crm-api`;
  readonly fetch: api.SandboxFetch;

  constructor(apiKey: string, { setup, fixedTime }: Checked) {
    this.apiKey = apiKey;
    this.#setup = setup;
    this.#clock = new Clock(fixedTime);
    this.#network = new Network(() => this.#current(), this.#clock);
    this.fetch = this.#network.fetch as api.SandboxFetch;
    this.#handler = this.#create();
    this.#hasNoClock = fixedTime === undefined && this.#clock.now() === 0;
    const scopes = this.#handler.scopes(this.#clock.now());
    this.otherApiKey = scopes.otherKey;
    this.organizationId = scopes.organizationId;
    this.subAccountId = scopes.subAccountId;
    // Some runtimes do not have this symbol.
    if (Symbol.dispose) Object.defineProperty(this, Symbol.dispose, { value: this.dispose });
  }

  readonly fail = (operation: Operation | "any", fault: api.Fault): void => {
    if (typeof fault !== "object" || fault === null) {
      throw invalid("fault", 'an object such as { type: "drop", when: "after" }', fault);
    }
    const only = operation === "any" ? null : String(operation);
    this.#current().fail(JSON.stringify({ ...fault, operation: only }, nonFinite), this.#clock.now());
  };

  readonly clearFaults = (): void => this.#current().clearFaults(this.#clock.now());

  readonly agents = (): Agent[] => this.#current().agents(this.#clock.now());

  readonly contacts = (): ListedContact[] => this.#current().contacts(this.#clock.now());

  readonly conversation = (contactId: string): Message[] =>
    this.#current().conversation(text("contactId", contactId), this.#clock.now());

  readonly calls = (): ListedCall[] => this.#current().calls(this.#clock.now());

  readonly deliveries = (): Delivery[] => this.#current().deliveries(this.#clock.now());

  readonly log = (): LogEntry[] => this.#current().log(this.#clock.now());

  readonly receive = (message: api.IncomingMessage): Message => {
    if (typeof message !== "object" || message === null) throw invalid("message", "{ contactId, content }", message);
    const { contactId, content, messageType = "sms", senderType = "contact" } = message;
    const fields = {
      contact_id: text("contactId", contactId),
      content: text("content", content),
      message_type: text("messageType", messageType),
      sender_type: text("senderType", senderType),
    };
    return this.#current().write(JSON.stringify(fields), this.#clock.now());
  };

  readonly advance = (ms: number): void => {
    this.#current();
    this.#clock.advance(distance(ms));
  };

  readonly reset = (): void => {
    const previous = this.#current();
    this.#network.closeAll("the sandbox was reset");
    this.#clock.reset();
    this.#handler = this.#create();
    previous.free();
  };

  readonly dispose = (): void => {
    this.#network.closeAll("the sandbox was disposed of");
    this.#handler?.free();
    this.#handler = undefined;
  };

  #create(): Handler {
    return Handler.ofOneOrganization(this.apiKey, this.#setup, this.#clock.now());
  }

  /** Creates the state again, with the current time, if there is a clock now. */
  #useClock(withoutClock: Handler) {
    this.#hasNoClock = false;
    if (this.#clock.now() === 0) return;
    withoutClock.free();
    this.#handler = this.#create();
  }

  #current(): Handler {
    if (this.#handler === undefined) throw new TypeError("this sandbox was disposed of");
    if (this.#hasNoClock) this.#useClock(this.#handler);
    return this.#handler as Handler;
  }
}

function text(name: string, value: unknown): string {
  if (typeof value !== "string") throw invalid(name, "a string", value);
  return value;
}

/** Converts numbers that JSON cannot represent to strings, so that error messages can name them. */
function nonFinite(this: unknown, _name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
