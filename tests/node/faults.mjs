// The table of faults: the effect of each on each operation over real HTTP. It runs in Node.js
// (faults.test.mjs) and in a page (tests/pages/faults.test.mjs), so it depends on no runtime.

import { controlOf } from "../support/control.mjs";
import { delivered, operations } from "../support/samples.mjs";

export { operations };

/**
 * The expectations as [attempts on the wire, code, maybeDelivered]: `safe` for repeat-safe operations,
 * `once` for the others, `all` for both. A success has no code. `done` is how often an operation that is
 * not repeat-safe was executed. All calls allow one retry.
 */
export const faults = {
  "refused connection": { refused: true, safe: [0, "network", false], once: [0, "network", true], done: 0 },
  "reset before the request was read": {
    fault: { type: "drop", when: "before" },
    safe: [2, "network", false],
    once: [1, "network", true],
    done: 0,
  },
  "reset after the request was read": {
    fault: { type: "drop", when: "after" },
    safe: [2, "network", false],
    once: [1, "network", true],
    done: 1,
  },
  "reset once, then all is well": {
    fault: { type: "drop", when: "before", times: 1 },
    safe: [2],
    once: [1, "network", true],
    done: 0,
  },
  "stalled headers": { fault: { type: "stall_headers" }, stalls: true, safe: [2, "timeout", false], once: [1, "timeout", true], done: 1 },
  "stalled body": {
    fault: { type: "stall_body", afterBytes: 20 },
    stalls: true,
    safe: [2, "timeout", false],
    once: [1, "timeout", true],
    done: 1,
  },
  "stalled error body": {
    fault: { type: "stall_body", afterBytes: 20, status: 500, body: { error: true, message: "It failed" } },
    stalls: true,
    safe: [2, "timeout", false],
    once: [1, "timeout", true],
    done: 0,
  },
  "cut body": { fault: { type: "cut_body", afterBytes: 20 }, safe: [2, "network", false], once: [1, "network", true], done: 1 },
  "cut error body": {
    fault: { type: "cut_body", afterBytes: 5, status: 400, body: { error: true, message: "Not like this" } },
    all: [1, "bad_request", false],
    done: 0,
  },
  "slow trickle": { fault: { type: "trickle", bytes: 200, everyMs: 10 }, all: [1], done: 1 },
  "too slow trickle": {
    fault: { type: "trickle", bytes: 1, everyMs: 100 },
    stalls: true,
    safe: [2, "timeout", false],
    once: [1, "timeout", true],
    done: 1,
  },
  "JSON as text/html": { fault: { type: "answer", body: '{"id":"x"}', carryOut: true }, all: [1], value: { id: "x" }, done: 1 },
  "HTML as application/json": {
    fault: { type: "answer", body: "<!doctype html>", headers: { "content-type": "application/json" }, carryOut: true },
    safe: [1, "parse", false],
    once: [1, "parse", true],
    done: 1,
  },
  "HTML with status 200": {
    fault: { type: "answer", body: "<!doctype html><title>Sign in</title>", carryOut: true },
    safe: [1, "parse", false],
    once: [1, "parse", true],
    done: 1,
  },
  "empty success": { fault: { type: "answer", carryOut: true }, safe: [1, "parse", false], once: [1, "parse", true], done: 1 },
  "204": { fault: { type: "answer", status: 204, carryOut: true }, safe: [1, "parse", false], once: [1, "parse", true], done: 1 },
  "error: true with status 200": {
    fault: { type: "answer", body: { error: true, message: "Upstream is down" } },
    all: [1, "http", false],
    says: "Upstream is down",
    done: 0,
  },
  "error page of 1 MB": {
    fault: { type: "answer", status: 502, body: "<p>It is broken</p>\n", repeat: 52_429 },
    safe: [2, "server", false],
    once: [1, "server", true],
    short: true,
    done: 0,
  },
  "500": { fault: { type: "answer", status: 500, body: { error: true, message: "Broken" } }, safe: [2, "server", false], once: [1, "server", true], says: "Broken", done: 0 },
  "502 after it was performed": {
    fault: { type: "answer", status: 502, body: { error: true, message: "AI service" }, carryOut: true },
    safe: [2, "server", false],
    once: [1, "server", true],
    done: 1,
  },
  "503": { fault: { type: "answer", status: 503, headers: { "retry-after-ms": "5" } }, safe: [2, "server", false], once: [1, "server", true], done: 0 },
  "504": { fault: { type: "answer", status: 504 }, safe: [2, "server", false], once: [1, "server", true], done: 0 },
  "429": { fault: { type: "answer", status: 429, headers: { "retry-after-ms": "5" } }, all: [2, "rate_limited", false], done: 0 },
  "429 once, then all is well": { fault: { type: "answer", status: 429, headers: { "retry-after-ms": "5" }, times: 1 }, all: [2], done: 1 },
  "429 for an hour": { fault: { type: "answer", status: 429, headers: { "retry-after": "3600" } }, all: [1, "rate_limited", false], done: 0 },
  "400": { fault: { type: "answer", status: 400, body: { error: true, message: "Not like this" } }, all: [1, "bad_request", false], says: "Not like this", done: 0 },
  "401": { fault: { type: "answer", status: 401, body: "" }, all: [1, "authentication", false], done: 0 },
  "403": { fault: { type: "answer", status: 403, body: "Forbidden" }, all: [1, "permission", false], done: 0 },
  "404": { fault: { type: "answer", status: 404, body: null }, all: [1, "not_found", false], done: 0 },
  "418": { fault: { type: "answer", status: 418, body: [1] }, all: [1, "http", false], done: 0 },
  "redirect": { fault: { type: "answer", status: 307, headers: { location: "/elsewhere" } }, all: [1, "http", false], done: 0 },
};

/**
 * How long a call waits for a stalled server, in milliseconds. On a busy machine a request may not arrive in
 * time, so a failed cell is repeated with the longer one.
 */
const STALL_TIMEOUTS_MS = [250, 5_000];
const TIMEOUT_MS = 20_000;

/**
 * Runs one cell of the table. Resolves to its mistakes, or to an empty list. `fetch` reaches the sandbox, by
 * default the runtime's own.
 */
async function cell(fault, operation, { Centerfy, CenterfyError, sandbox, refused, fetch = globalThis.fetch }, stallTimeout) {
  const control = controlOf(sandbox, fetch);
  const row = faults[fault];
  const { call, once } = operations[operation];
  const world = await control("POST", "", {});
  const at = `/${world.api_key}`;
  if (row.fault) await control("POST", `${at}/faults`, { times: null, ...row.fault });
  const client = new Centerfy({
    apiKey: world.api_key,
    fetch: fetch === globalThis.fetch ? undefined : fetch,
    baseUrl: `${row.refused ? refused : sandbox}/functions/v1/crm-api`,
    dangerouslyAllowBrowser: true,
    rateLimit: false,
    maxRetries: 1,
    attemptTimeout: row.stalls ? stallTimeout : TIMEOUT_MS,
  });
  const [attempts, code, maybeDelivered] = row.all ?? (once ? row.once : row.safe);
  const wrong = [];
  const expect = (what, actual, expected) => {
    if (actual !== expected) wrong.push(`${what}: ${actual}, not ${expected}`);
  };
  try {
    const value = await call(client, world);
    expect("code", undefined, code);
    if (row.value) expect("value", JSON.stringify(value), JSON.stringify(row.value));
    else expect("value", typeof value, "object");
  } catch (error) {
    if (!(error instanceof CenterfyError)) return [`no CenterfyError: ${error?.stack ?? error}`];
    expect("code", error.code, code);
    expect("maybeDelivered", error.maybeDelivered, maybeDelivered);
    expect("operation", error.operation, operation);
    if (!row.refused) expect("attempts", error.attempts, attempts);
    if (row.says) expect("message has the server's words", error.message.includes(row.says), true);
    if (row.short) expect("body is cut", error.body.length <= 1000, true);
    if (wrong.length) wrong.push(error.message);
  }
  let log = await control("GET", `${at}/log`);
  const seen = () => log.filter((entry) => entry.operation === operation && entry.method !== "OPTIONS");
  if (row.stalls) {
    // The server notices the closed connection after a moment.
    for (const end = Date.now() + 5000; Date.now() < end && !seen().every((entry) => entry.closed_by_client); ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      log = await control("GET", `${at}/log`);
    }
    expect("stalled streams that were closed", seen().filter((entry) => entry.closed_by_client).length, attempts);
  }
  expect("attempts on the wire", seen().length, attempts);
  expect("requests of other operations", log.filter((entry) => ![operation, null].includes(entry.operation)).length, 0);
  const done = await control("GET", `${at}/deliveries`);
  expect("how often something happened", delivered(done), once ? row.done : 0);
  await control("DELETE", at);
  return wrong;
}

/** Runs one cell, for a stalled server with each timeout until it passes. */
async function cellInTime(fault, operation, where) {
  let wrong;
  for (const stallTimeout of STALL_TIMEOUTS_MS) {
    wrong = await cell(fault, operation, where, stallTimeout).catch((error) => [String(error?.stack ?? error)]);
    if (!wrong.length || !faults[fault].stalls) break;
  }
  return wrong;
}

/** Runs the whole table, `width` cells at a time. `lines` describes the mistakes. */
export async function table(where, width) {
  const cells = Object.keys(faults).flatMap((fault) => Object.keys(operations).map((operation) => [fault, operation]));
  const lines = [];
  const total = cells.length;
  const worker = async () => {
    for (let next; (next = cells.pop()); ) {
      const wrong = await cellInTime(...next, where);
      if (wrong.length) lines.push(`${next.join(" × ")}: ${wrong.join("; ")}`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return { lines, total };
}
