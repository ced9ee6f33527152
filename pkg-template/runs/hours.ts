/**
 * The hours in which people may be reached, in each person's time zone. An instant is within the hours if the local
 * clock says so, so both clock changes of a year are right by definition: a skipped hour does not exist, and a repeated
 * one counts twice.
 */
import { localTime, offsetChange, offsetOf, type LocalTime } from "./zone.js";

export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The hours of a week repeat; clock changes move them by less than a day. */
const LONGEST_MS = 9 * DAY_MS;

/** Validated hours. Times are milliseconds since midnight. */
export interface Hours {
  from: number;
  /** At most 24 hours. Before `from`, the hours end on the next day. */
  to: number;
  /** The days on which the hours start, 0 for Sunday. */
  days: ReadonlySet<number>;
}

/** Parses `HH:MM`, up to 24:00. Returns undefined if it is invalid. */
export const parseTime = (text: unknown): number | undefined => {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(String(text)) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return ms <= DAY_MS ? ms : undefined;
};

const isOpen = ({ from, to, days }: Hours, { day, ms }: LocalTime): boolean => {
  if (from < to) return days.has(day) && ms >= from && ms < to;
  return (days.has(day) && ms >= from) || (days.has((day + 6) % 7) && ms < to);
};

/** The milliseconds of the local clock until the hours start, if they are closed and the offset does not change. */
const untilOpen = ({ from, days }: Hours, { day, ms }: LocalTime): number => {
  for (let ahead = 0; ; ahead++) {
    const wait = ahead * DAY_MS + from - ms;
    if (wait > 0 && days.has((day + ahead) % 7)) return wait;
  }
};

/** The first time from `at` on that is within the hours: `at` itself if it is. Undefined if no such time exists. */
export const nextOpen = (hours: Hours, timeZone: string, at: number): number | undefined => {
  for (let time = at; time < at + LONGEST_MS; ) {
    const local = localTime(timeZone, time);
    if (isOpen(hours, local)) return time;
    const wait = Math.min(untilOpen(hours, local), DAY_MS);
    const isSame = offsetOf(timeZone, time + wait) === offsetOf(timeZone, time);
    time = isSame ? time + wait : offsetChange(timeZone, time, time + wait);
  }
  return undefined;
};
