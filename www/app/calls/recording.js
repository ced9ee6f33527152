// A recording's URL, times, waveform and file name, without elements or network.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
// Up to this time minutes are shown, beyond it hours.
const MINUTES_UNTIL = 2 * HOUR;
// The longest delay that setTimeout takes.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The URL if the page's elements may load it, or null: it comes from a server, so it is not trusted. */
export function webAddress(value, base) {
  try {
    const url = new URL(value, base);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Converts an answer of `getCallRecording` for the player; `now` is when it arrived. */
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

/** `{ hours }`, `{ minutes }` or `{ moment: true }`: a coarse countdown. */
export function timeLeft(ms) {
  if (ms >= MINUTES_UNTIL) return { hours: Math.floor(ms / HOUR) };
  if (ms >= MINUTE) return { minutes: Math.floor(ms / MINUTE) };
  return { moment: true };
}

/** Milliseconds until the result of `timeLeft` changes, or the time is over. */
export function untilNextChange(ms) {
  const step = ms >= MINUTES_UNTIL ? HOUR : MINUTE;
  return Math.min(ms < MINUTE ? ms : (ms % step) + 1, LONGEST_TIMEOUT);
}

/** The loudness of each of `count` parts, from 0 to 1, where the loudest is 1. `channels` are arrays of samples. */
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

/** `peaks` as `count` bars: each is the mean of its peaks, so that a long sound has a shape, too. */
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

// MIME subtypes whose file extension differs.
const ENDINGS = { mpeg: "mp3", mp4: "m4a", "x-wav": "wav", wave: "wav" };

/** The file's name: the call's id, without characters that file names cannot have. */
export function fileName({ id, url }, type = "") {
  const kind = /^audio\/([\w-]+)/.exec(type)?.[1];
  const ending = /\.(\w{2,4})$/.exec(new URL(url).pathname)?.[1] ?? ENDINGS[kind] ?? kind ?? "audio";
  return `call-${id.replaceAll(/[^\w-]+/g, "-") || "recording"}.${ending}`;
}
