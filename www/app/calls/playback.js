// The playback of one recording: its link and when that expires, the bytes once they are loaded, the
// position and the speed. It has no elements; `player.js` does.

import { loadable } from "../network.js";
import { readSound } from "./sound.js";

let speed = 1;
/** The current playback: starting another one stops it. */
let heard = null;

export class Playback {
  audio = document.createElement("audio");
  /** The position, in seconds. It is kept across links. */
  at = 0;
  /** The result of `readSound`, and a URL for it; without them there is only the link. */
  sound = null;
  fileUrl = null;
  /** Whether the attempt to read the bytes has ended. */
  isRead = false;
  /** Whether this link does not play. */
  broken = false;
  /** Whether it plays the loaded bytes instead of a link. */
  fromFile = false;
  renewing = false;
  /** The error of the last request for a fresh link. */
  error = null;
  #renew;
  #changed;
  #leaving = new AbortController();
  #reading;
  #loading;
  #total;
  /** Whether the source failed and another one is being tried. */
  #failed = false;

  /** `renew()` requests a fresh link from the API, only when a person plays and the old one has expired. */
  constructor(recording, { renew, changed }) {
    this.recording = recording;
    this.#renew = renew;
    this.#changed = changed;
    this.audio.preload = "auto";
    for (const type of ["play", "playing", "waiting", "pause", "ended", "timeupdate", "seeked", "durationchange"]) this.#on(type, () => this.#follow());
    this.#on("play", () => this.#becomeHeard());
    this.#on("error", () => this.#onError());
    this.#reading = this.#read();
    this.#loading = this.#load(recording.url);
  }

  get stopped() { return this.#leaving.signal.aborted; }
  get isPlaying() { return !this.audio.paused; }
  /** Whether it waits for data while playing. */
  get waits() { return this.isPlaying && this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA; }
  /** The duration in seconds, kept while a fresh link loads. */
  get total() {
    if (Number.isFinite(this.audio.duration)) this.#total = this.audio.duration;
    return this.#total ?? this.sound?.seconds ?? 0;
  }
  /** Milliseconds until the link expires; null if it does not. */
  get left() { return this.recording.expiresAt === null ? null : Math.max(0, this.recording.expiresAt - Date.now()); }
  get isOver() { return this.left === 0; }
  /** Whether a fresh link is needed. */
  get needsLink() { return this.fromFile ? false : this.broken || (this.isOver && !this.fileUrl); }
  get cannotPlay() { return this.broken && this.fromFile; }

  get speed() { return speed; }
  set speed(chosen) {
    speed = chosen;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = chosen;
  }

  toggle() {
    if (this.isPlaying) this.audio.pause();
    else return this.start();
  }

  async start() {
    if (this.renewing || this.cannotPlay) return;
    const gone = this.#failed || (this.isOver && !this.fromFile);
    if (gone && !(await this.#otherWay())) return;
    await this.#loading;
    if (!this.stopped) await this.audio.play().catch(() => {});
  }

  seek(seconds) {
    this.at = seconds;
    this.audio.currentTime = seconds;
    this.#changed({ told: true });
  }

  /** Requests a fresh link; resolves with false if it did not get one. */
  async renewLink() {
    if (this.renewing) return false;
    this.renewing = true;
    this.error = null;
    this.#changed();
    try {
      const fresh = await this.#renew();
      if (this.stopped) return false;
      this.recording = fresh;
      if (!this.fileUrl) this.#reading = this.#read();
      await this.#load(fresh.url);
    } catch (error) {
      this.error = error;
    }
    this.renewing = false;
    this.#changed();
    return !this.error;
  }

  stop() {
    this.#leaving.abort();
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    if (this.fileUrl) URL.revokeObjectURL(this.fileUrl);
    if (heard === this) heard = null;
  }

  #on(type, listener) {
    this.audio.addEventListener(type, listener, { signal: this.#leaving.signal });
  }

  async #load(url) {
    const src = url === this.fileUrl ? url : await loadable(url);
    if (this.stopped) return;
    this.fromFile = url === this.fileUrl;
    this.broken = this.#failed = false;
    this.audio.src = src;
    // Before the data is loaded, this sets the start position.
    this.audio.currentTime = this.at;
    this.speed = speed;
  }

  async #read() {
    const sound = await readSound(this.recording.url, this.#leaving.signal);
    if (this.stopped) return;
    if (sound && !this.sound) {
      this.sound = sound;
      this.fileUrl = URL.createObjectURL(sound.blob);
    }
    this.isRead = true;
    this.#changed();
  }

  /** The loaded bytes, or else a link that works. */
  async #otherWay() {
    if (!this.fileUrl || this.fromFile) return this.renewLink();
    await this.#load(this.fileUrl);
    return true;
  }

  #becomeHeard() {
    if (heard !== this) heard?.audio.pause();
    heard = this;
  }

  #follow() {
    if (!this.#failed) this.at = this.audio.currentTime;
    this.#changed();
  }

  async #onError() {
    const wasPlaying = this.isPlaying;
    this.#failed = true;
    this.audio.pause();
    await this.#reading;
    if (this.stopped || !this.#failed) return;
    if (this.fileUrl && !this.fromFile) {
      await this.#load(this.fileUrl);
      if (wasPlaying) this.audio.play().catch(() => {});
    } else this.broken = true;
    this.#changed();
  }
}
