/** Plays a recording in a media element whose URL is renewed. */
import type { MediaElementLike } from "./api.js";
import type { Source } from "./source.js";

/** The longest delay of a timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const bind = (source: Source, element: MediaElementLike, onError?: (error: unknown) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReleased = false;
  /** The URL that the element has. */
  let current = "";
  /** Whether the element has played the URL. One that fails at once is not renewed again. */
  let hasPlayed = true;
  /** What to restore once the new URL is loaded. */
  let restore: (() => void) | undefined;

  const isPlaying = () => !element.paused && !element.ended;

  /** Gives the element another URL, and keeps its position. */
  const use = (url: string) => {
    const { currentTime, playbackRate } = element;
    // Between two swaps the element is paused by the first.
    const plays = isPlaying() || !!restore;
    const isFirst = !current;
    current = url;
    element.src = url;
    restore = () => {
      restore = undefined;
      if (!isFirst) element.currentTime ||= currentTime;
      element.playbackRate = playbackRate;
      // A browser may refuse to play without a gesture; the element shows that.
      if (plays && !isFirst) element.play().catch(() => {});
    };
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
    ["loadedmetadata", () => restore?.()],
    ["timeupdate", () => (hasPlayed = true)],
    [
      "error",
      () => {
        if (hasPlayed) update(current);
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
