// The rule for hours, independently of the package: by what the clock on the wall shows.

export const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const formats = new Map();
const wall = (timeZone, at) => {
  if (!formats.has(timeZone)) formats.set(timeZone, new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  const [, day, clock] = /^(\w{3}).*?(\d\d:\d\d)/.exec(formats.get(timeZone).format(at));
  return { day: DAYS.indexOf(day), clock };
};

/** Whether a time is within the hours. `days` are numbers, 0 for Sunday. */
export const isWithin = ({ from, to, days }, timeZone, at) => {
  const { day, clock } = wall(timeZone, at);
  if (from < to) return days.includes(day) && clock >= from && clock < to;
  return (days.includes(day) && clock >= from) || (days.includes((day + 6) % 7) && clock < to);
};
