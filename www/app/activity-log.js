// What the client said that it did (`onEvent`), one entry per attempt, and the last call as code.
// Knows nothing of elements; `activity.js` shows it.

const LONGEST = 200;
const listeners = new Set();

export const log = {
  /** Oldest first: `{ kind, operation, attempt, state, status, ms, at, times }`. */
  entries: [],
  calls: 0,
  attempts: 0,
  retries: 0,
  queued: 0,
  /** The last call that a person asked for: `{ operation, args }`. */
  lastCall: null,
};

export function onActivity(listener) {
  listeners.add(listener);
}

const tell = () => { for (const listener of listeners) listener(log); };

export function recordCall(operation, args) {
  log.lastCall = { operation, args };
  tell();
}

/** Takes one event of the client's `onEvent`. */
export function recordEvent(event) {
  const { type, operation, attempt, status, delayMs, durationMs, url } = event;
  const at = Date.now();
  if (type === "request") {
    const queued = log.entries.findLast((entry) => entry.state === "queued" && entry.url === url && entry.ms === undefined);
    if (queued) queued.ms = at - queued.at;
    log.attempts += 1;
    if (attempt === 1 || attempt === undefined) log.calls += 1;
    add({ kind: "attempt", state: "pending", operation, attempt, url, at });
  } else if (type === "response") {
    const open = log.entries.findLast((entry) =>
      entry.state === "pending" && entry.operation === operation && entry.attempt === attempt && entry.url === url)
      ?? add({ kind: "attempt", operation, attempt, url, at });
    Object.assign(open, { state: stateOf(status), status, ms: durationMs ?? at - open.at });
    foldRepeat(open);
  } else if (type === "retry") {
    log.retries += 1;
    failPending(operation, url, at);
    add({ kind: "wait", state: "retry", operation, attempt, ms: delayMs, at });
  } else if (type === "queued") {
    log.queued += 1;
    add({ kind: "wait", state: "queued", operation, attempt, url, at });
  }
  tell();
}

/** A call that failed without an answer sends no event of its own for that. */
export function recordFailure(operation) {
  const open = log.entries.findLast((entry) => entry.state === "pending" && entry.operation === operation);
  if (open) Object.assign(open, { state: "failed", ms: Date.now() - open.at });
  tell();
}

function add(entry) {
  log.entries.push({ ...entry, times: 1 });
  if (log.entries.length > LONGEST) log.entries.shift();
  return log.entries.at(-1);
}

// Without a status the attempt failed before an answer came.
const stateOf = (status) => (status === undefined || status === 0 ? "failed" : status < 400 ? "good" : "bad");

// A retry without a response before it says that the attempt got no answer.
function failPending(operation, url, at) {
  const open = log.entries.findLast((entry) => entry.state === "pending" && entry.operation === operation && entry.url === url);
  if (open) Object.assign(open, { state: "failed", ms: at - open.at });
}

// The same good request again, as polling makes it, is counted on the entry before.
function foldRepeat(entry) {
  const index = log.entries.indexOf(entry);
  const before = log.entries[index - 1];
  if (entry.state !== "good" || before?.state !== "good" || before.url !== entry.url || before.operation !== entry.operation) return;
  log.entries.splice(index, 1);
  Object.assign(before, { times: before.times + 1, ms: entry.ms, status: entry.status, at: entry.at });
}
