import { CenterfyError, invalid } from "./error.js";
import { limiterOf, now, pump, waiting } from "./limiters.js";
import { isLoaded, load } from "./load.js";
import * as module from "./module.js";
import { readCall } from "./options.js";
import { hide, shows } from "./secret.js";
import { codes, expected, hints, operations, rules, waitHeaders, words } from "./tables.js";

/** What a value is, as the module's checks tell them apart (`Kind` in src/validate.rs). */
const kindOf = (value) => {
  switch (typeof value) {
    case "undefined":
      return 0;
    case "boolean":
      return value ? 2 : 1;
    case "number":
      return 3;
    case "string":
      return words.indexOf(value) + 7;
    case "object":
      if (value && !Array.isArray(value)) return 5;
  }
  return 4;
};

const parse = (text, reviver) => {
  try {
    return JSON.parse(text, reviver);
  } catch {}
};

/** Tells the client's listener of an event. */
const emit = ({ onEvent, apiKey }, operation, attempt, url, type, more) => {
  try {
    onEvent?.({ type, operation, attempt, url: hide(url, apiKey), ...more });
  } catch {
    // A listener's mistake must not change the call.
  }
};

/** The wait that an answer's headers ask for, in milliseconds, -1 where they do not. */
const waitOf = (headers) => {
  let wait = -1;
  waitHeaders.forEach((name, i) => {
    if (wait >= 0) return;
    for (const char of headers.get(name) ?? "") module.feed(char.charCodeAt(0));
    wait = module.wait(i, Date.now());
  });
  return wait;
};

/**
 * Makes one call: carries out what the module decides. `args` are the operation's arguments, the
 * last of them the request where there is one.
 *
 * Each function in here is made anew for each call, so there are few of them.
 */
export const run = (client, number, args, given) =>
  new Promise((resolve, reject) => {
    // [name, verb, path, whether the id follows it, the number of its first field, its fields]
    const operation = operations[number];
    const name = operation[0];
    const options = given === undefined ? client : readCall(given, client, name);
    const { signal } = options;
    const { apiKey, rateLimit } = client;
    let request = args.at(-1);
    let body;
    let url;
    let call; // the module's number of it, from the checks on
    let abort;
    let limiter;
    let timer;
    let attempt = 0;
    // Not left undefined: terser (webpack) would take the only value given later for its only one.
    let over = false; // settled
    let queued; // waits for a place
    let controller; // of the attempt that is on the wire
    let started;
    let status = 0;
    let wait = -1;
    let text;
    let answer;
    let headers;
    let cause;

    /** Ends it. `left` is its number where the module has not closed it by itself. */
    const finish = (settle, value, left) => {
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      controller?.abort();
      controller = undefined;
      if (left !== undefined) {
        waiting[left] = undefined;
        module.close(left);
      }
      if (limiter) {
        limiter.calls--;
        if (queued) pump(limiter);
      }
      settle(value);
    };

    const fail = (code, maybeDelivered, wait, left) => {
      const said = hide(text, apiKey);
      // The key may have been escaped in JSON, so what was read is looked through too.
      const body = said && (parse(said, (_, value) => hide(value, apiKey)) ?? said.slice(0, 1000));
      const message =
        `${name}: ${typeof body?.message === "string" ? body.message : hints[code]}` +
        (cause?.message && code === 8 ? hide(` (${cause.message})`, apiKey) : "") +
        (status ? ` (status ${status})` : "") +
        (maybeDelivered ? "; it may have been carried out, so look before you send it again" : "");
      if (apiKey && shows(cause, apiKey)) cause = Error(hide("" + cause.message, apiKey));
      const error = new CenterfyError(
        message,
        { code: codes[code], operation: name, attempts: attempt, maybeDelivered },
        cause,
      );
      if (status) error.status = status;
      if (text) error.body = body;
      const requestId = hide(headers?.get?.("x-request-id"), apiKey);
      if (requestId) error.requestId = requestId;
      if (wait >= 0) error.retryAfter = wait / 1000;
      finish(reject, error, left);
    };

    // Nobody asks when a success came.
    const tell = (what, at = what === 3 && status < 300 ? 0 : now()) => {
      const paused = what > 1 && status === 429 && limiter;
      if (paused) limiter.until = Math.max(limiter.until, at + wait);
      const action = module.event(call, what, status, wait, at, Math.random());
      const tag = action & 7;
      const value = action >>> 3;
      if (tag === 0) ask();
      else if (tag === 4) finish(resolve, answer);
      else if (tag === 5) fail(value >> 1, value % 2 > 0, wait);
      else {
        clearTimeout(timer);
        timer = setTimeout(tell, value, 0);
        if (tag === 2) {
          controller?.abort();
          controller = undefined;
          // A listener may abort, so it comes last.
          emit(client, name, attempt, url, "retry", { delayMs: value });
        }
      }
      if (paused) pump(limiter);
    };

    const ask = (at) => {
      queued = true;
      if (limiter) {
        waiting[call] = go;
        pump(limiter, at);
        // Whoever wakes it later may be another request of a Worker, which ends with its own answer
        // and with all that was started from it. After a promise it goes on in its own.
        if (queued && !over) new Promise((wake) => (waiting[call] = wake)).then(go);
      } else if (rateLimit) {
        new Promise((done) => done(rateLimit.acquire({ operation: name, attempt: attempt + 1, signal }))).then(
          () => go(),
          (error) => over || finish(reject, error, call),
        );
      } else go();
      if (queued && !over) emit(client, name, attempt + 1, url, "queued");
    };

    /** Its turn has come: makes one attempt. */
    const go = async (tag) => {
      if (over) return;
      queued = false;
      waiting[call] = undefined;
      if (tag > 3) return fail(5, false, limiter.until - now(), call);
      const mine = (controller = new AbortController());
      attempt++;
      status = 0;
      text = answer = headers = cause = undefined;
      wait = -1;
      emit(client, name, attempt, url, "request");
      if (over) return;
      let what = 2;
      try {
        const { fetch = globalThis.fetch } = client;
        let going;
        try {
          going = fetch(url, {
            method: operation[1],
            // A copy, since a fetch of the caller's own may write into it.
            headers: { ...(body === undefined ? client.headers : client.jsonHeaders) },
            body,
            signal: mine.signal,
            // A redirect could carry the key to somebody else.
            redirect: "manual",
          });
        } catch (error) {
          going = Promise.reject(error);
        }
        if (!over) timer = setTimeout(tell, module.event(call, 1, 0, 0, (started = now()), 0) >>> 3, 0);
        const response = await going;
        if (controller !== mine) {
          // Somebody's fetch that does not listen to its signal.
          await response.body?.cancel();
          return;
        }
        ({ status, headers } = response);
        if (status >= 400) wait = waitOf(headers);
        const whole = await response.text();
        if (controller !== mine) return;
        text = whole;
        answer = parse(text);
        what = answer === undefined ? 5 : answer?.error === true ? 4 : 3;
      } catch (error) {
        if (controller !== mine) return;
        cause = error;
      }
      controller = undefined;
      if (status && client.onEvent) emit(client, name, attempt, url, "response", { status, durationMs: now() - started });
      if (!over) tell(what);
    };

    const start = () => {
      if (over) return;
      const fields = operation[5];
      let query = "";
      for (let i = 0; i < fields.length; i++) {
        const field = fields[i];
        const value = i < args.length ? args[i] : request?.[field];
        const kind = kindOf(value);
        const fault = module.field(operation[4] + i, kind, kind === 3 ? value : 0);
        if (fault) {
          const why = rules[fault >> 8] + ", got " + (kind === 3 || value === null ? value : typeof value);
          return finish(reject, invalid(field, expected[(fault & 255) - 1] + why, name));
        }
        if (number === 6 && i > 1 && kind) query += (query ? "&" : "?") + field + "=" + value;
      }
      if (body === 0) return finish(reject, invalid(fields[args.length - 1], "possible to write as JSON", name));
      url = client.base + operation[2];
      try {
        if (operation[3]) url += encodeURIComponent(args[0]) + query;
      } catch {
        return finish(reject, invalid(fields[0], "well-formed Unicode", name));
      }
      const { acquire, requests, perMs } = rateLimit;
      limiter = !acquire && requests && limiterOf(client.shared);
      if (limiter) limiter.calls++;
      const at = now();
      call = module.open(number, limiter?.id ?? -1, requests, perMs, options.maxRetries, options.attemptTimeout, options.timeout, at);
      ask(at);
    };

    if (operation[1] !== "GET") {
      try {
        body = JSON.stringify(number === 3 ? { agent_id: request } : request);
      } catch {
        body = 0;
      }
    }
    if (signal) {
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", (abort = () => finish(reject, signal.reason, call)));
    }
    if (isLoaded()) start();
    else {
      // What the caller changes from now on does not count.
      request = { ...request };
      load(client.source).then(start, (error) => {
        cause = error;
        if (!over) fail(11, false, -1);
      });
    }
  });
