// What a recording is, apart from elements and network: its address, its time, its shape, its name as a file.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
// Up to here minutes are counted, beyond it hours.
const MINUTES_UNTIL = 2 * HOUR;
// The longest delay that setTimeout takes.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The URL as the page's own elements may load it, or null: it comes from a server, so it may be anything. */
export function webAddress(value, base) {
  try {
    const url = new URL(value, base);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** What `getCallRecording` answered, as the player takes it; `now` is when it did. */
export const recordingOf = ({ call_id, call_sid, recording_url, expires_in_seconds }, base, now = Date.now()) => ({
  id: call_id ?? call_sid ?? "",
  url: webAddress(recording_url, base),
  expiresAt: typeof expires_in_seconds === "number" ? now + expires_in_seconds * SECOND : null,
});

/** 42 as "0:42", 3725 as "1:02:05". */
export function clockOf(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `{ hours }`, `{ minutes }` or `{ moment: true }`: as calm as a countdown can be. */
export function timeLeft(ms) {
  if (ms >= MINUTES_UNTIL) return { hours: Math.floor(ms / HOUR) };
  if (ms >= MINUTE) return { minutes: Math.floor(ms / MINUTE) };
  return { moment: true };
}

/** After how many milliseconds `timeLeft` says something else, or the time is over. */
export function untilNextChange(ms) {
  const step = ms >= MINUTES_UNTIL ? HOUR : MINUTE;
  return Math.min(ms < MINUTE ? ms : (ms % step) + 1, LONGEST_TIMEOUT);
}

/** How loud each of `count` parts is, from 0 to 1, where the loudest is 1. `channels` are arrays of samples. */
export function peaksOf(channels, count) {
  const length = channels[0]?.length ?? 0;
  const parts = Math.min(count, length);
  const border = (part) => Math.floor(part * length / parts);
  return upToOne(Array.from({ length: parts }, (_, part) =>
    Math.max(...channels.map((samples) => loudest(samples, border(part), border(part + 1))))));
}

function loudest(samples, from, to) {
  let most = 0;
  for (let index = from; index < to; index += 1) most = Math.max(most, Math.abs(samples[index]));
  return most;
}

/** `peaks` as `count` bars: each the mean of those that it stands for, so that a long sound has a shape too. */
export function barsOf(peaks, count) {
  const bars = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor(bar * peaks.length / count);
    const part = peaks.slice(from, Math.max(from + 1, Math.floor((bar + 1) * peaks.length / count)));
    return part.reduce((sum, peak) => sum + peak, 0) / part.length;
  });
  return upToOne(bars);
}

function upToOne(values) {
  const most = Math.max(0, ...values);
  return most > 0 ? values.map((value) => value / most) : values;
}

// Where a type's name is not how its files end.
const ENDINGS = { mpeg: "mp3", mp4: "m4a", "x-wav": "wav", wave: "wav" };

/** The file's name: the call's id, without what a file's name cannot hold. */
export function fileName({ id, url }, type = "") {
  const kind = /^audio\/([\w-]+)/.exec(type)?.[1];
  const ending = /\.(\w{2,4})$/.exec(new URL(url).pathname)?.[1] ?? ENDINGS[kind] ?? kind ?? "audio";
  return `call-${id.replaceAll(/[^\w-]+/g, "-") || "recording"}.${ending}`;
}
