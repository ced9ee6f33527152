/** Validates the options of a run, and its items. */
import { CenterfyError } from "centerfy";
import { Expected, suggestion } from "../nearest.js";
import { STORE } from "../store/attached.js";
import type { Operation } from "../types.js";
import type { Day, RunItem, RunOptions } from "./api.js";
import { DAYS, parseTime, type Hours } from "./hours.js";
import { isZone } from "./zone.js";

/** Asserts that a name can stand in an idempotency key. */
const assertName = (name: unknown, field: string, most: number) => {
  const isName = typeof name === "string" && /^[!#-[\]-~]+$/.test(name) && name.length <= most;
  assertOption(isName, field, `1 to ${most} visible ASCII characters without quotes and backslashes`);
};

/** How long the records of a run are kept after it was last used, in milliseconds: 30 days. */
const KEEP_MS = 30 * 86_400_000;

export interface Checked extends Omit<RunOptions, "hours" | "keepMs"> {
  hours: Hours | undefined;
  /** The hours, as a run with this id has to have them. */
  settings: string;
  keepMs: number;
}

/** A validated item: the operation and its arguments. */
export interface Task {
  item: RunItem;
  operation: Operation;
  args: unknown[];
}

const invalid = (field: string, expected: string) => new CenterfyError(`${field} must be ${expected}`, { code: "validation", field });

const assertOption = (holds: unknown, field: string, expected: string) => {
  if (!holds) throw invalid(field, expected);
};

const OPTIONS = ["centerfy", "store", "id", "hours", "allow", "pace", "concurrent", "dryRun", "onProgress", "keepMs"];

/** A misspelled option would otherwise let people be reached whom it protects. */
const assertNames = (options: object, names: string[], prefix = "") => {
  for (const name in options) assertOption(names.includes(name), prefix + name, Expected.NoOption + suggestion(name, names));
};

const readHours = (hours: NonNullable<RunOptions["hours"]>): Hours => {
  assertNames(hours, ["from", "to", "days"], "hours.");
  const { from, to, days = DAYS } = hours;
  const [start, end] = [parseTime(from), parseTime(to)];
  assertOption(start !== undefined && start < 86_400_000, "hours.from", 'a time such as "09:00"');
  assertOption(end !== undefined, "hours.to", 'a time such as "18:00", up to "24:00"');
  assertOption(end! % 86_400_000 !== start || (start === 0 && end !== 0), "hours.to", "different from hours.from");
  const numbers = Array.isArray(days) ? days.map((day: Day) => DAYS.indexOf(day)) : [];
  assertOption(numbers.length && !numbers.includes(-1), "hours.days", `a list of ${DAYS.join(", ")}`);
  return { from: start!, to: end!, days: new Set(numbers) };
};

const isCount = (count: unknown) => Number.isInteger(count) && (count as number) > 0;

export const check = (options: RunOptions): Checked => {
  assertOption(options === Object(options), "options", "an object");
  assertNames(options, OPTIONS);
  const { centerfy, store, id, hours, allow, pace, concurrent, onProgress, keepMs = KEEP_MS } = options;
  assertOption(typeof centerfy?.sendMessage === "function", "centerfy", "a client");
  const attached = (centerfy as any)[STORE];
  assertOption(attached, "centerfy", "a client with the option store");
  assertOption(typeof store?.runs?.claim === "function", "store", "a store: memoryStore(), durableStore() or redisStore()");
  // With another store, a run would forget what was sent, or exceed the limit.
  assertOption(attached === store, "store", "the store of the client");
  assertName(id, "id", 50);
  for (const [field, hook] of Object.entries({ allow, onProgress })) {
    assertOption(hook === undefined || typeof hook === "function", field, "a function");
  }
  assertOption(concurrent === undefined || isCount(concurrent), "concurrent", "an integer, 1 or more");
  const isPace = isCount(pace?.requests) && Number.isFinite(pace?.perMs) && pace!.perMs > 0;
  assertOption(pace === undefined || isPace, "pace", "{ requests, perMs }");
  assertOption(Number.isFinite(keepMs) && keepMs > 0, "keepMs", "a number of milliseconds greater than 0");
  if (hours === undefined) return { ...options, hours, keepMs, settings: "any" };
  const checked = readHours(Object(hours));
  const days = DAYS.filter((_, day) => checked.days.has(day));
  return { ...options, hours: checked, keepMs, settings: `${hours.from} to ${hours.to} on ${days.join(", ")}` };
};

/** Throws the validation error of an item. The client validates the request itself. */
export const readItem = (item: RunItem): Task => {
  const { key, timeZone, makeAiCall, sendMessage }: any = Object(item);
  assertName(key, "key", 200);
  assertOption(isZone(timeZone), "timeZone", 'a time zone such as "Europe/Berlin"');
  assertOption((makeAiCall === undefined) !== (sendMessage === undefined), "item", "one with either makeAiCall or sendMessage");
  if (sendMessage !== undefined) return { item, operation: "sendMessage", args: [sendMessage] };
  assertOption(Array.isArray(makeAiCall) && makeAiCall.length === 2, "makeAiCall", "[agentId, request]");
  return { item, operation: "makeAiCall", args: makeAiCall };
};
