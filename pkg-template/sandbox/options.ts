/** Validates the options of a sandbox. */
import type { SandboxOptions } from "./api.js";
import { Expected, suggestion } from "../nearest.js";
import { invalid } from "./errors.js";
import type { Setup } from "./generated/module.js";

/** The rate limit of the API. */
const API_LIMIT = { requests: 60, perMs: 60_000 };
/** The latest time that a `Date` supports, in milliseconds since 1970. */
const LATEST = 8.64e15;

/** Every option. */
const NAMES: Record<keyof SandboxOptions, true> = { seed: true, now: true, rateLimit: true, contactReplies: true, empty: true, contacts: true };

/** Valid options. */
export interface Checked {
  setup: Setup;
  /** The fixed time, in milliseconds since 1970; `undefined` for the runtime's time. */
  fixedTime: number | undefined;
}

export function check(options: SandboxOptions): Checked {
  if (typeof options !== "object" || options === null) throw invalid("options", "an object", options);
  for (const name in options) {
    if (!Object.hasOwn(NAMES, name)) throw new TypeError(`${name} must be ${Expected.NoOption}${suggestion(name, Object.keys(NAMES))}`);
  }
  const { seed, now, rateLimit = API_LIMIT, contactReplies = false, empty = false, contacts } = options;
  if (seed !== undefined && !isInteger(seed, 0)) throw invalid("seed", "a non-negative integer", seed);
  if (contacts !== undefined && !Array.isArray(contacts) && !isInteger(contacts, 0)) {
    throw invalid("contacts", "a non-negative integer or an array", contacts);
  }
  return {
    setup: {
      seed,
      rateLimit: rateLimit === false ? undefined : limit(rateLimit),
      contactReplies: flag("contactReplies", contactReplies),
      empty: flag("empty", empty),
      contacts: contacts === undefined ? undefined : JSON.stringify(contacts),
    },
    fixedTime: now === undefined ? undefined : time(now),
  };
}

function isInteger(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw invalid(name, "true or false", value);
  return value;
}

function limit(value: typeof API_LIMIT): typeof API_LIMIT {
  if (typeof value !== "object" || value === null) throw invalid("rateLimit", "{ requests, perMs } or false", value);
  const { requests, perMs } = value;
  if (!isInteger(requests, 1)) throw invalid("rateLimit.requests", "a positive integer", requests);
  if (!isInteger(perMs, 1)) throw invalid("rateLimit.perMs", "a positive integer", perMs);
  return { requests: Math.min(requests, 2 ** 32 - 1), perMs };
}

function time(now: Date | number): number {
  const ms = typeof now === "number" ? now : isDate(now) ? now.getTime() : Number.NaN;
  if (!(ms >= 0 && ms <= LATEST)) throw invalid("now", "a Date or milliseconds since 1970", now);
  return Math.floor(ms);
}

/** Also true for a `Date` of another global object. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** The whole milliseconds by which `advance` moves the time. */
export function distance(ms: number): number {
  if (!(typeof ms === "number" && ms >= 0 && ms <= LATEST)) throw invalid("ms", "a non-negative number", ms);
  return Math.floor(ms);
}
