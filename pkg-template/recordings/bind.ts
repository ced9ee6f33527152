/** Plays a recording in a media element whose URL is renewed. */
import type { MediaElementLike } from "./api.js";
import type { Source } from "./source.js";

/** The state of an element that setting its URL resets. */
interface Playback {
  /** The position, in seconds. */
  currentTime: number;
  playbackRate: number;
  /** Whether it plays. */
  plays: boolean;
}

/** The longest delay of a timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const bind = (source: Source, element: MediaElementLike, onError?: (error: unknown) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReleased = false;
  /** The URL that the element has. */
  let current = "";
  /** Whether the element has played the URL. A URL that fails at once, before it expires, is not renewed again. */
  let hasPlayed = true;
  /** The playback to restore once the new URL is loaded. */
  let pending: Playback | undefined;

  const isPlaying = () => !element.paused && !element.ended;

  /** Sets another URL, which resets the element: its playback is restored later. */
  const use = (url: string) => {
    // A URL may be replaced before it is loaded. Then the playback is that of the URL before it.
    const { currentTime, playbackRate } = pending ?? element;
    pending = { currentTime, playbackRate, plays: !!current && (isPlaying() || !!pending?.plays) };
    current = url;
    element.src = url;
  };

  const restore = () => {
    if (!pending) return;
    const { currentTime, playbackRate, plays } = pending;
    pending = undefined;
    if (currentTime) element.currentTime ||= currentTime;
    element.playbackRate = playbackRate;
    // A browser may refuse to play without a gesture; the element shows that.
    if (plays) element.play().catch(() => {});
  };

  /** Renews the URL if it is due, or was rejected. */
  const renew = async (rejected?: string) => {
    clearTimeout(timer);
    const url = await source.url(rejected);
    if (isReleased) return;
    if (url !== current) use(url);
    else if (rejected) onError?.(element.error);
    const ms = source.lifetime();
    // A paused element renews its URL when it plays again.
    if (ms < Infinity) timer = setTimeout(() => isPlaying() && update(), Math.min(Math.max(ms, 0), LONGEST_TIMER));
  };

  const update = (rejected?: string) => {
    const done = renew(rejected);
    if (onError) done.catch(onError);
  };

  const listeners: [type: string, listener: () => void][] = [
    ["play", () => source.lifetime() <= 0 && update()],
    ["loadedmetadata", restore],
    ["timeupdate", () => (hasPlayed = true)],
    [
      "error",
      () => {
        if (hasPlayed || source.lifetime() <= 0) update(current);
        else onError?.(element.error);
        hasPlayed = false;
      },
    ],
  ];
  for (const [type, listener] of listeners) element.addEventListener(type, listener);
  update();
  return () => {
    isReleased = true;
    clearTimeout(timer);
    for (const [type, listener] of listeners) element.removeEventListener(type, listener);
  };
};
