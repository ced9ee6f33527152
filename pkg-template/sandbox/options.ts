/** The options of a sandbox, checked. */
import type { SandboxOptions } from "./api.js";
import { wrong } from "./errors.js";
import type { Setup } from "./generated/module.js";

/** The API's own limit. */
const API_LIMIT = { requests: 60, perMs: 60_000 };
/** The latest point in time that a `Date` can be. */
const LATEST = 8.64e15;

/** How a sandbox is made, and where its time stands. */
export interface Checked {
  setup: Setup;
  standing: number | undefined;
}

export function check(options: SandboxOptions): Checked {
  if (typeof options !== "object" || options === null) throw wrong("options", "an object", options);
  const { seed, now, rateLimit = API_LIMIT, contactReplies = false, empty = false } = options;
  if (seed !== undefined && !isWhole(seed, 0)) throw wrong("seed", "a whole number of 0 or more", seed);
  return {
    setup: {
      seed,
      rateLimit: rateLimit === false ? undefined : limit(rateLimit),
      contactReplies: flag("contactReplies", contactReplies),
      empty: flag("empty", empty),
    },
    standing: now === undefined ? undefined : time(now),
  };
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw wrong(name, "true or false", value);
  return value;
}

function limit(value: typeof API_LIMIT): typeof API_LIMIT {
  if (typeof value !== "object" || value === null) throw wrong("rateLimit", "{ requests, perMs } or false", value);
  const { requests, perMs } = value;
  if (!isWhole(requests, 1)) throw wrong("rateLimit.requests", "a whole number of 1 or more", requests);
  if (!isWhole(perMs, 1)) throw wrong("rateLimit.perMs", "a whole number of 1 or more", perMs);
  return { requests: Math.min(requests, 2 ** 32 - 1), perMs };
}

function time(now: Date | number): number {
  const ms = typeof now === "number" ? now : isDate(now) ? now.getTime() : Number.NaN;
  if (!(ms >= 0 && ms <= LATEST)) throw wrong("now", "a Date, or milliseconds since 1970", now);
  return Math.floor(ms);
}

/** Also one of another realm. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** How far time is moved. */
export function distance(ms: number): number {
  if (!(typeof ms === "number" && ms >= 0 && ms <= LATEST)) throw wrong("ms", "a number of 0 or more", ms);
  return Math.floor(ms);
}
