/** Of the operations that are not repeat-safe only a 429 is sent again: the server did not act. */
export const retryable = (status: number, repeatSafe: boolean) =>
  status === 429 || (repeatSafe && [408, 500, 502, 503, 504].includes(status));

/** 500, 1000, 2000, … up to 8000 ms, less up to a quarter. */
export const backoff = (attempt: number) =>
  Math.ceil(Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - Math.random() / 4));

/** No header that asks for a wait is longer than this. */
const LONGEST = 48;

/** Whole milliseconds, six days at most, as in the package. */
const timer = (ms: number) => Math.min(Math.ceil(ms), 2 ** 29 - 1);

/** The milliseconds that the server asks to wait, if it does. */
export const waitOf = (headers: Headers): number | undefined => {
  const numeric = (name: string, unit: number) => {
    const value = headers.get(name)?.trim();
    return value && value.length <= LONGEST && /^\d+(\.\d+)?$/.test(value) ? timer(Number(value) * unit) : undefined;
  };
  return (
    numeric("retry-after-ms", 1) ??
    numeric("retry-after", 1000) ??
    untilDate(headers.get("retry-after")) ??
    numeric("ratelimit-reset", 1000)
  );
};

const untilDate = (value: string | null) => {
  const date = value ? readDate(value.trim()) : NaN;
  const wait = date - Date.now();
  return wait >= 0 ? timer(wait) : undefined;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MODERN = /^[a-z]+, (\d\d?)[ -]([a-z]{3})[ -](\d{4}|\d\d) (\d\d):(\d\d):(\d\d) GMT$/i;
const ASCTIME = /^[a-z]+ ([a-z]{3}) +(\d\d?) (\d\d):(\d\d):(\d\d) (\d{4})$/i;

/** An HTTP date in any of its three forms, all of them GMT; NaN where it is none. */
const readDate = (value: string) => {
  const modern = MODERN.exec(value);
  if (modern) {
    const [, day, month, year, ...time] = modern;
    return utc(day!, month!, year!, time);
  }
  const asctime = ASCTIME.exec(value);
  if (asctime) {
    const [, month, day, hour, minute, second, year] = asctime;
    return utc(day!, month!, year!, [hour!, minute!, second!]);
  }
  return NaN;
};

const utc = (day: string, month: string, year: string, time: string[]) => {
  const number = MONTHS.indexOf(month);
  if (number < 0) return NaN;
  // Two digits are of this century, unless that is more than 50 years ahead.
  let full = Number(year);
  if (full < 100) {
    full += 2000;
    if (full > new Date().getUTCFullYear() + 50) full -= 100;
  }
  const [hour, minute, second] = time.map(Number);
  return Date.UTC(full, number, Number(day), hour, minute, second);
};
