/** Local times of time zones, with `Intl` alone. */

/** A local time: the day of the week, 0 for Sunday, and the milliseconds since midnight. */
export interface LocalTime {
  day: number;
  ms: number;
}

const DAY_MS = 86_400_000;
/** The most zones that are kept. */
const MOST_ZONES = 600;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError if the zone is unknown. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (!format) {
    if (formats.size >= MOST_ZONES) formats.clear();
    const numeric = "numeric";
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", ...fields });
    formats.set(timeZone, format);
  }
  return format;
};

export const isZone = (timeZone: unknown): timeZone is string => {
  if (typeof timeZone !== "string" || !timeZone) return false;
  try {
    return !!formatOf(timeZone);
  } catch {
    return false;
  }
};

/** A local time as the milliseconds that UTC would have with the same date and clock. */
const localMs = (timeZone: string, at: number): number => {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second } = parts;
  const fraction = ((at % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + fraction;
};

/** How far the zone is ahead of UTC, in milliseconds. */
export const offsetOf = (timeZone: string, at: number): number => localMs(timeZone, at) - at;

export const localTime = (timeZone: string, at: number): LocalTime => {
  const local = localMs(timeZone, at);
  return { day: new Date(local).getUTCDay(), ms: ((local % DAY_MS) + DAY_MS) % DAY_MS };
};

/** The first time after `from` and until `to` at which the offset differs from that at `from`. There has to be one. */
export const offsetChange = (timeZone: string, from: number, to: number): number => {
  const offset = offsetOf(timeZone, from);
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetOf(timeZone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
};
