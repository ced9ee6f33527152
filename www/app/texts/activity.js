// What was sent: attempts, the limit, latency, code.

import { counted, secondsLong } from "./counted.js";

export const title = "What was sent";
export const show = "Show what was sent";
export const summary = ({ attempts, retries, queued }) => `${counted(attempts, "request", "requests")}, ${counted(retries, "retry", "retries")}, ${queued} queued`;
export const attempts = "Attempts, newest first";
export const columns = ["Time", "Operation", "Attempt", "Result", "Duration"];
export const states = { pending: "in flight", failed: "no answer", retry: "retry", queued: "queued", stopped: "canceled" };
export const waits = (duration) => `waits ${duration}`;
export const waited = (duration) => `waited ${duration}`;

export const limit = "Requests per minute";
export const used = (used, limit) => `${used} of ${limit} this minute, all tabs`;
export const usedLong = (used, limit) => `In the last minute, the tabs of this browser sent ${used} of ${limit} requests`;
export const waiting = (number) => `${number} waiting`;
export const nextIn = (seconds) => `next in ${seconds} s`;
export const heldFor = (seconds) => `the API asks to wait ${seconds} s`;
export const begunToWait = (seconds) => `The rate limit is reached. The next request is sent in ${secondsLong(seconds)}.`;
export const noneWaits = "No request is waiting.";

export const latency = "Latency";
export const latencyColumns = ["Operation", "Median", "Slowest", "Failed"];
export const noAttempts = "No request was sent yet.";
export const howToRead = "Point at a mark to see that attempt.";
export const howToTap = "Tap a mark to see that attempt.";
export const legendGood = "answered";
export const legendFailed = "failed";
export const plot = (operation) => `Attempts of ${operation}`;
export const attempt = ({ time, operation, attempt, result, duration }) =>
  `${time} ${operation}${attempt > 1 ? `, attempt ${attempt}` : ""}: ${result} after ${duration}`;

export const code = "The last request in your code";
export const noCode = "No request was sent yet.";
export const codeNotLoaded = "The code could not be loaded. Choose a language to try again.";
export const language = "Language";
export const languages = { typescript: "TypeScript", rust: "Rust", curl: "curl" };
export const copied = "code";
export const again = {
  createAgent: "Each run makes another agent.",
  makeAiCall: "Each run is another phone call.",
  sendMessage: "Each run is another message.",
};
export const sandboxKey = (key) => `The sandbox’s key is ${key}.`;
