import { CenterfyError, invalid } from "./error.js";
import { limiterOf, now, pump, waiting } from "./limiters.js";
import { isLoaded, load } from "./load.js";
import * as module from "./module.js";
import { readCall } from "./options.js";
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

/** Whether something shows the key when it is printed: whatever `fetch` rejected with. */
const shows = (cause, apiKey) => {
  let text = "";
  try {
    for (; cause && !text[1e5]; cause = cause.cause) text += cause.stack + cause.message + JSON.stringify(cause);
  } catch {
    return true;
  }
  return text.includes(apiKey);
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
 */
export const run = (client, number, args, given) =>
  new Promise((resolve, reject) => {
    const [name, method, path, idInPath, first, ...fields] = operations[number];
    const { signal, maxRetries, attemptTimeout, timeout } = readCall(given, client, name);
    const { apiKey, base, rateLimit } = client;
    const request = args.at(-1);
    // What the caller changes from now on does not count.
    const values = fields.map((field, i) => (i < args.length ? args[i] : request?.[field]));
    let body;
    let url;
    let call;
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

    const hide = (value) => (apiKey && value?.replaceAll ? value.replaceAll(apiKey, "[apiKey]") : value);

    const emit = (type, more) => {
      try {
        client.onEvent?.({ type, operation: name, attempt, url: hide(url), ...more });
      } catch {
        // A listener's mistake must not change the call.
      }
    };

    const drop = () => {
      const last = controller;
      controller = undefined;
      last?.abort();
    };

    const finish = (settle, value) => {
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      drop();
      if (limiter) {
        limiter.calls--;
        if (queued) pump(limiter);
      }
      settle(value);
    };

    const quit = (reason) => {
      if (call !== undefined) {
        waiting[call] = undefined;
        module.close(call);
      }
      finish(reject, reason);
    };

    const abort = () => quit(signal.reason);

    const fail = (code, maybeDelivered, wait) => {
      // The key may have been escaped in JSON, so what was read is looked through too.
      const body = text && (parse(hide(text), (_, value) => hide(value)) ?? hide(text).slice(0, 1000));
      const said = typeof body?.message === "string" ? body.message : hints[code];
      const message =
        `${name}: ${said}` +
        (cause?.message && code === 8 ? hide(` (${cause.message})`) : "") +
        (status ? ` (status ${status})` : "") +
        (maybeDelivered ? "; it may have been carried out, so look before you send it again" : "");
      if (apiKey && shows(cause, apiKey)) cause = Error(hide("" + cause.message));
      const error = new CenterfyError(
        message,
        { code: codes[code], operation: name, attempts: attempt, maybeDelivered },
        cause,
      );
      if (status) error.status = status;
      if (text) error.body = body;
      const requestId = hide(headers?.get?.("x-request-id"));
      if (requestId) error.requestId = requestId;
      if (wait >= 0) error.retryAfter = wait / 1000;
      finish(reject, error);
    };

    const ring = () => tell(0);

    const tell = (what, at = now()) => {
      const paused = what > 1 && status === 429 && limiter;
      if (paused) limiter.until = Math.max(limiter.until, at + wait);
      const action = module.event(call, what, status, wait, at, Math.random());
      act(action & 7, action >>> 3);
      if (paused) pump(limiter);
    };

    const act = (tag, value) => {
      clearTimeout(timer);
      if (tag === 0) ask();
      else if (tag === 4) finish(resolve, answer);
      else if (tag === 5) fail(value >> 1, value % 2 > 0, wait);
      else {
        timer = setTimeout(ring, value);
        if (tag === 2) {
          drop();
          // A listener may abort, so it comes last.
          emit("retry", { delayMs: value });
        }
      }
    };

    const go = (tag) => {
      if (over) return;
      queued = false;
      waiting[call] = undefined;
      if (tag > 3) fail(5, false, limiter.until - now());
      else send();
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
          (error) => over || quit(error),
        );
      } else go();
      if (queued && !over) emit("queued", { attempt: attempt + 1 });
    };

    const send = async () => {
      const mine = (controller = new AbortController());
      attempt++;
      status = 0;
      text = answer = headers = cause = undefined;
      wait = -1;
      emit("request");
      if (over) return;
      let what = 2;
      try {
        const { fetch = globalThis.fetch } = client;
        let going;
        try {
          going = fetch(url, {
            method,
            headers: body === undefined ? client.headers : { ...client.headers, "content-type": "application/json" },
            body,
            signal: mine.signal,
            // A redirect could carry the key to somebody else.
            redirect: "manual",
          });
        } finally {
          if (!over) tell(1, (started = now()));
        }
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
      const at = now();
      if (status) emit("response", { status, durationMs: at - started });
      if (!over) tell(what, at);
    };

    const start = () => {
      if (over) return;
      for (let i = 0; i < fields.length; i++) {
        const value = values[i];
        const kind = kindOf(value);
        const fault = module.field(first + i, kind, kind === 3 ? value : 0);
        if (fault) {
          const why = rules[fault >> 8] + ", got " + (kind === 3 || value === null ? value : typeof value);
          return finish(reject, invalid(fields[i], expected[(fault & 255) - 1] + why, name));
        }
      }
      if (body === 0) return finish(reject, invalid(fields[args.length - 1], "possible to write as JSON", name));
      url = base + path;
      try {
        if (idInPath) url += encodeURIComponent(args[0]);
      } catch {
        return finish(reject, invalid(fields[0], "well-formed Unicode", name));
      }
      if (number === 6) {
        const query = [2, 3].filter((i) => values[i] !== undefined).map((i) => fields[i] + "=" + values[i]);
        if (query[0]) url += "?" + query.join("&");
      }
      const { acquire, requests, perMs } = rateLimit;
      limiter = !acquire && requests && limiterOf(client.shared);
      if (limiter) limiter.calls++;
      const at = now();
      call = module.open(number, limiter?.id ?? -1, requests, perMs, maxRetries, attemptTimeout, timeout, at);
      ask(at);
    };

    if (signal?.aborted) return reject(signal.reason);
    if (method !== "GET") {
      try {
        body = JSON.stringify(number === 3 ? { agent_id: request } : request);
      } catch {
        body = 0;
      }
    }
    signal?.addEventListener("abort", abort);
    if (isLoaded()) start();
    else
      load(client.source).then(start, (error) => {
        cause = error;
        if (!over) fail(11, false, -1);
      });
  });
