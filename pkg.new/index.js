// generated/bytes.ts
var bytes = () => {
  const made = new Uint8Array(3275);
  let at = 0;
  let add = 0;
  for (const char of "%#0#B#<&%%%&c-#/,#N#N#N#K#N#K#K&#N#/+#N#N#N#N#K#K%#/(#N#N#K&#N#/+#N#N#K#K#K#K&#N#/+#N#N#K#N#N#K%#/&#N&#K#/(#N#N#N%#/&#N%(.-%&'()*+,*(&%&+-&#N&f#O#O&0,:*&#0%,&#1%%&#2%'&#3%(&#4%*1&'/$7:-#V+&(#NH%fe#9G,I%f$a#Q&f$a#Q&R%%G.f&E.@_%%E.j)e'#Nf%E&f+p2%?f%E%f$m#Q&M'%tG.2%?f$i#Q&M'%E%f$A%#;#9F%E,E'['5E,f'E)f%lE)f%m@G)_%9E,E(^(-E,E(i%%%%%%%%#5$&\\(%'e'e'e'e'e'e'e'e'e'e'e'e'e'eE&f&#:3+*+(&')%0E%E%P(5i%%%$x$x$x$8$:#oG(^(5E(i%%%%%%%%#32+E%R%b2,E*E%P(-#5j)eE%E*^(%E,f%_%=1/0E,f#T7`&=E,E%R%a_%?1.0E,f=#9E%E*E,f%E+5)1-0E,f=#9E%E*E,f&E+5)1,0E'f#_(n2*0E,f=#9E%E*E,f'E+5)1*0E,f#T/`&=E,E%fa#9R%%G%_%?f*F-1*0f%E%E.@G&E&M']f&#9[']E%f&_%bE&E&P(-E*E%P(%#p#oG(^(-E%E*^(%E%E(E*#pG(E%P(EG*E(E*#2@G(^(5E,f&_%=E,E(^(E1*0E,f(_%=E,E(^(E1'0E,E)_%aE,g%\\(ME,E'[']E,f=#9E%f.E,fM#9E*E+5&1&0E,E)_%aE,g%\\(ME,E'[']E,f=#9E%f-E,fM#9E*E+5&0'e'e'eE,R%=G-G%f&#:3*)&)'%*0E,R%>F-E,R%?F%1'0E,P(EG(i%%%$x$x$x$8fE(i%%%$x$x$x$8f#2@G($u(F%E%E%$1E(#2#9F-f'F%1(0f(F%f%F-1'0E%f)#Af$x&#@F%1&0E,P(EG(i%%%$x$x$x$8fE(i%%%$x$x$x$8f#2@G($u(F%E%E%$1E(#2#9F-f&F%0E-f(#CE%#90F-f$a#Q&f%_%%0E,fe#:I%E-0$((()#N'#K&#ME&f%_%bE(M'5F+'#N'eE&R%Uj)eE'f3#@G-f-kF.E&R%VF,E-f-l2&E,f&#@j2&f&F,f&1'0f&F,f&E'f3#@f-k2&?0'#N'#Nf&E+f#g(k2%?E+f$m(#:f$]%t)ef%E+f$&(l2&?f&1'0E+f$n(#:f#J#@f%l0E,#@0F,E.0F-E(P(-F/E(N(%E&E(R%9G.E+f#_(nE-#@E+f$l(p#A5+E+f$&(k)eE&E&P(-E)E&P(%#p#o^(-0E&M']F(#vj)eE*i%%%%%%$I$8#qi%%%%%%$id#oi%%%%%e$8ef$s&f+E(E(f+t@#C$1G*E*i%%%%%e$8e#3@#qF/0E&P(=F*E($1F0E%'#N'e'eE&R%Uj)eE*E0#5j2'E,E.f&#@j#@j2'1&0E*E0#5j2&E,f&#Bf&#@2&0E&P(-E)E/#o#3j2%E%E/^(-E&E/^(5f'1&0E%E'_%&E%E&R%a_%'f*0_%%0$L(')#N)#Kf$a#Q&f$a#Q&R%%G(f&E(@_%%E(j)e'eE%fbp2%f*E&E&f5p@F)E%f*#;f$)#O&#9G&R%&)ef$u#Q&f%['%0E&R%)F('e'eE)f$x&#@G*j)eE&R%%2&0f&E*#CG*E(f'#CM'#O#O&#@j2&E)f$x&#@f(k)ei%%%%%%#8eF,i%%%%%%$idF-i%%%%%%$idF.'e'e'e'e'eE(f*#:3(('%&0i%%%%%%%%F-i$x$x$x$x$x$xdhF,1&0i$x$x$x$x$x$x$h$xF-i$x$x$x$x$x$x$h#NF,i$x$x$x$x$x$x$h$xF/i$x$x$x$x$x$x$h#NF.E%fZ#:f&p2&0E'E'$u,$3#12)E,F.E'E-#52&1)0E'E/#5j2(0E'E.#4j2'0f%F)g&E%$&#Ug$x#f$p$x$($g$x$xb#Rg%w2'E*f#S-#@j2'f$u#Q&f$u#Q&M'%f&E&R%(#C#A['%1'0f%F)g&E%$&#Ug$x$($g$x$X$U$x$xT#RuG%j2&f$u#Q&M'%E&R%'G&#Ef&#@j2&E&f&#9f%E%@F+0E(f(#CE+#9f-#9F)0f$a#Q&f%_%%0E)0$k)(/#N&#K&#Mf$a#Q&f$a#Q&R%%G+f&E+@_%%E+j)eE&f%lF/E%f%lF0E)E*#oF5'ef$m#Q&M'%G-f$q#Q&M'%G%p)ef$i#Q&M'%E%f$A%#;#9G&f%`&aE&f%[']E&E/_%VE&E0_%UE&E)^(ME&E(^(EE&E'^(=E&g%\\(5E&E5^(-E&E*^(%f$q#Q&E&M'e['%E%F-1&0f$e#Q&M'%G,E-k)eH%f5#:G+I%E+f)#9F.f$i#Q&M'%F2f&F1f)F%'e'ef)E,f&#CG&E&f)r@G3$&g$A%#MG6gE#W#v2%E6#vG&f$q$x$x$x,p2%'e'e'e'eE,)eE,f$A%#;F,'eE&f$x$x(#9f5#Ee%G%f5#CG4f%E%f#Nl@G%j2%E&E,E&E,n@G,j2%E4E2E,$u/%%01&0E&j)ef-F%1(0E&f$x$x(#9f5#Ee%G%f#Nk2&E%f5#CF%0E%2&0E.f-[')1&0E.E%[')f%F10f-F%1&0f%F&0E%E.#9E&['%E.E1['%E+M')f&k)eE+M'1?E+M'-)e%0%0f$i#Q&E+M'-['%f$e#Q&E3['%E+f5#9I%0f$i#Q&M'%E-f$A%#;#9G%f#N['eE%f%`&aE%f%[']E%E/_%VE%E0_%UE%E)^(ME%E(^(EE%E'^(=E%g%\\(5E%E5^(-E%E*^(%f$m#Q&E-f&#9['%0f$a#Q&f%_%%0E-0$E&&&#NE(M'5G+f$A&#:f$]%t)ef&F)'e'e'e'e'e'e'eE+f#_(#:3*+'&()%0E+f$&(k2)0f+f,E+f$m(#:f$]%n@F)1)0f'F)1(0f(F)1'0f)F)1&0f*F)0E%E&E)E(E'E*5&40f,F+'e'e'eE)f$x&#@G)f&#:3'&%'0f/F+0E&E(R%9E)f'k5+E%E+_%&E%f*_%%E%E&R%a_%'40E%f)_%%0y'&#N&#Kf$a#Q&f$a#Q&R%%G&f&E&@_%%E&j)ef$m#Q&M'%E%p)ef$i#Q&M'%E%f$A%#;#9G%P(-E%P(%#pF'0f$a#Q&f%_%%0E'0`%E%'#Nf%E%R%U2%?f&E'E&E&f$x&#@f'kG&@f&#@2%?f'f%E%R%a@f%E&@0_%a0#)&&#Nf$a#Q&f$a#Q&R%%G&f&E&@_%%E&j)ef$m#Q&M'%E%p)ef$q#Q&M'%F&f$q#Q&E%['%f$i#Q&M'%E%f$A%#;#9E&['e0f$a#Q&f%_%%000#Z('%f#O#O&0$_'e$u&%e$x&%$9$x&%+%%%-%%%-%%%-%%%-%%%%1%%%$i&%5%%%%%%%%&**%%&**/%%**'%%**'%%**)%%***%%**)%%**)%%**'%%**'%%*%(&%%*'%%*&(&%&'-&%'*'%%**(%%**(%%*((&%(*'%%**(%%**&%%**&%&**%%%**/&%**'&%**'&%**)&%***&%**)&%**)&%**'&%**'&%*%(&%%*'&%*&(&%&'-&%'*'&%**(&%**(&%*((&%(*'&%**(&%**0&%**0%&**&%&**%%%**/%%**&%%**&%%**&%&**%%&**%&%**/&%**+&%**,%&**/%%**'%%*)(%%**&%%**.&%)*&&%**&%f$i#Q&0:-%%%%%%%$x$x$x$x%%%%&%%%)") {
    const code = char.charCodeAt(0);
    if (code < 37) add = (code - 34) * 86;
    else {
      made[at++] = code - 37 + add;
      add = 0;
    }
  }
  return made;
};

// generated/protocol.ts
var tagOf = (packed) => packed & 7;
var valueOf = (packed) => packed >>> 3;
var FITS = 0;

// generated/tables.ts
var operations = [
  { f: "getAgent", n: "GET", o: "get-agent/", p: true, j: 0 /* Nothing */, k: true, g: 1, q: 0, r: ["agentId"] },
  { f: "createAgent", n: "POST", o: "create-agent", p: false, j: 1 /* Body */, k: false, g: 1, q: 1, r: ["request", "name", "voice_id", "max_duration", "temperature", "silence_timeout", "voice_activity_timeout", "llm_model", "language", "background_noise", "background_type", "voicemail_detection", "voicemail_type", "voicemail_message", "backcchanneling", "is_active", "webhook", "webhook_url", "recording", "organization_id", "sub_account_id"] },
  { f: "updateAgent", n: "PUT", o: "update-agent/", p: true, j: 1 /* Body */, k: true, g: 2, q: 22, r: ["agentId", "patch", "name", "voice_id", "max_duration", "temperature", "silence_timeout", "voice_activity_timeout", "llm_model", "language", "background_noise", "background_type", "voicemail_detection", "voicemail_type", "voicemail_message", "backcchanneling", "is_active", "webhook", "webhook_url", "recording", "organization_id", "sub_account_id"] },
  { f: "archiveAgent", n: "POST", o: "archive-agent", p: false, j: 3 /* AgentId */, k: true, g: 1, q: 44, r: ["agentId"] },
  { f: "makeAiCall", n: "POST", o: "make-ai-call/", p: true, j: 1 /* Body */, k: false, g: 2, q: 45, r: ["agentId", "request", "contact_id", "organization_id", "sub_account_id"] },
  { f: "getCallRecording", n: "GET", o: "get-call-recording/", p: true, j: 0 /* Nothing */, k: true, g: 1, q: 50, r: ["callId"] },
  { f: "getContactMessages", n: "GET", o: "get-contact-messages/", p: true, j: 2 /* Query */, k: true, g: 2, q: 51, r: ["contactId", "query", "limit", "offset"] },
  { f: "sendMessage", n: "POST", o: "send-message", p: false, j: 1 /* Body */, k: false, g: 1, q: 55, r: ["request", "content", "ai", "conversation_id", "channel", "agent_id", "message_id"] }
];
var words = [, , , , , , , "", ".", "..", "leave_message", "hangup", "sms", "email", "whatsapp", "facebook", "instagram"];
var expected = [, 'a non-empty string other than "." and ".."', "a non-empty string", "a string", "true or false", "a finite number", "a number from 0 to 1", "an integer from 1 to 200", "an integer, 0 or more", '"leave_message" or "hangup"', '"sms", "email", "whatsapp", "facebook" or "instagram"', "an object", "left out, it cannot be changed"];
var rules = ["", " when background_noise is true", " when voicemail_detection is true", ' when voicemail_type is "leave_message"', " when webhook is true", " when ai is true"];
var codes = ["validation", "bad_request", "authentication", "permission", "not_found", "rate_limited", "server", "http", "network", "timeout", "parse", "load"];
var hints = [, "the API refused the request", "the API key is missing or not valid", "the API key has no access to this", "nothing has this id", "too many requests", "the API failed", "an unexpected answer", "no answer", "no answer in time", "the answer is no JSON object", "the WebAssembly module could not be loaded"];
var warnings = { [5 /* FailMaybe */]: "; it may have been carried out, so look before you send it again", [6 /* FailEarlier */]: "; an earlier attempt may have been carried out, so look before you send it again" };
var MAYBE_DELIVERED = "centerfy-maybe-delivered";
var redirected = "the server redirects, and redirects are not followed";
var requestIdHeaders = ["x-request-id", "sb-request-id", "cf-ray"];
var waitHeaders = [["retry-after-ms", 1], ["retry-after", 1e3], ["ratelimit-reset", 1e3]];
var retryAfter = "retry-after";

// answer.ts
var NO_WAIT = -1;
var parse = (text, reviver) => {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return;
  }
};
var until = (value) => /^[A-Z].* ..:..:.. (GMT|\d{4})$/.test(value) ? Date.parse(value.replace(/\d$/, "$& GMT")) - Date.now() : NaN;
var waitOf = (headers) => {
  for (const [name, unit] of waitHeaders) {
    const value = headers.get(name) ?? "";
    const isNumber = /^\d{1,48}(\.\d*)?$/.test(value);
    const wait = isNumber ? +value * unit : name === retryAfter ? until(value) : NaN;
    if (wait >= 0) return wait;
  }
  return NO_WAIT;
};

// clock.ts
var LONGEST_TIMER = 2 ** 31 - 1;
var ahead = 0;
var now = () => performance.now() + ahead;
var after = (ms, ring, told) => {
  const due = now() + ms;
  return setTimeout(() => {
    const early = due - now();
    if (early > ms / 2) ahead += early;
    ring(told);
  }, ms);
};

// attempt.ts
var noAttempt = () => ({ D: 0, E: NO_WAIT });
var drop = (attempt2) => {
  if (!attempt2.z) return;
  attempt2.z.abort();
  attempt2.z = void 0;
  attempt2.t?.(true);
};
var kindOf = (json) => {
  if (json !== Object(json) || Array.isArray(json)) return 6 /* Unreadable */;
  return json.error === true ? 5 /* ErrorJson */ : 4 /* Json */;
};
var start = async (attempt2, fetch, url, init) => {
  try {
    return await fetch(url, init);
  } finally {
    attempt2.t?.(true);
    attempt2.t = void 0;
  }
};
var read = async (attempt2, going, signal, came) => {
  let event2 = 3 /* Lost */;
  try {
    const response = await going;
    if (signal.aborted) await response.body?.cancel();
    const { status, headers } = response;
    attempt2.D = status;
    attempt2.A = headers;
    if (status >= 400) attempt2.E = waitOf(headers);
    attempt2.K = await response.text();
    attempt2.L = parse(attempt2.K);
    event2 = kindOf(attempt2.L);
  } catch (error) {
    attempt2.M = error;
  }
  if (!signal.aborted) {
    attempt2.z = void 0;
    came(event2);
  }
};
var send = (attempt2, fetch, outgoing, came) => {
  const { signal } = attempt2.z = new AbortController();
  const { url, method, body } = outgoing;
  const init = { method, headers: { ...outgoing.headers }, body, signal, redirect: "manual" };
  read(attempt2, start(attempt2, fetch, url, init), signal, came);
  attempt2.N = now();
};

// error.ts
var CenterfyError = class _CenterfyError extends Error {
  constructor(message, fields, cause) {
    super(message, cause === void 0 ? cause : { cause });
    Object.assign(this, { attempts: 0, maybeDelivered: false }, fields);
  }
  static {
    this.prototype.name = "CenterfyError";
  }
  /** Also for errors of another realm or another copy of the package, where `instanceof` fails. */
  static is(value) {
    return value instanceof _CenterfyError || value?.name === "CenterfyError" && typeof value.code === "string";
  }
};
var invalid = (field2, expected2, operation) => new CenterfyError(`${operation ? operation + ": " : ""}${field2} must be ${expected2}`, {
  code: "validation",
  operation,
  field: field2
});

// plain.ts
var isPlain = (value) => {
  if (value == null || value.toJSON) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
};

// secret.ts
var SHORTEST_KEY = 8;
var hide = (value, apiKey = "") => typeof value === "string" && apiKey.length >= SHORTEST_KEY ? value.replaceAll(apiKey, "[apiKey]") : value;
var isOpen = (value) => isPlain(value) || Array.isArray(value) || "stack" in value;
var shows = (value, apiKey, seen = /* @__PURE__ */ new Set()) => {
  if (hide(value, apiKey) !== value) return true;
  if (value !== Object(value) || ArrayBuffer.isView(value) || seen.has(value)) return false;
  seen.add(value);
  return !isOpen(value) || Reflect.ownKeys(value).some((name) => shows(name, apiKey) || shows(value[name], apiKey, seen));
};
var hideIn = (cause, apiKey = "") => {
  try {
    if (apiKey.length < SHORTEST_KEY || !shows(cause, apiKey)) return cause;
  } catch {
  }
  const { name, message, code } = cause;
  return Object.assign(Error(hide("" + message, apiKey)), { name, code: hide(code, apiKey) });
};

// events.ts
var emit = (call, type, more) => {
  const { onEvent, apiKey } = call.s;
  if (!onEvent) return;
  const url = hide(call.O.url, apiKey);
  const attempt2 = call.B + +(type === "queued");
  quietly(() => onEvent({ type, operation: call.w.f, attempt: attempt2, url, ...more }));
};
var quietly = (tell3) => {
  try {
    tell3()?.then?.(void 0, () => {
    });
  } catch {
  }
};

// failure.ts
var LONGEST_TEXT = 1e3;
var bodyOf = (text, apiKey) => {
  const said = hide(text, apiKey);
  return parse(said, (_, value) => hide(value, apiKey)) ?? said?.slice(0, LONGEST_TEXT);
};
var hintOf = (code, status) => code === 7 /* Http */ && status < 400 && (status < 200 || status > 299) ? redirected : hints[code];
var DENIAL = /\b(no|not|nothing|never)\b.*\b(sent|carried|delivered)\b/is;
var failure = (call, code, order, wait) => {
  const { s: { apiKey }, w: { f: operation }, B: attempts } = call;
  const { D: status, K: text, A: headers, M: cause } = call.h;
  const body = bodyOf(text, apiKey);
  const warning = warnings[order];
  const say = (words2) => typeof words2 === "string" && !(order === 5 /* FailMaybe */ && DENIAL.test(words2)) ? words2.trim() : "";
  const reason = code === 8 /* Network */ || code === 11 /* Load */ ? say(cause?.message) : "";
  const message = `${operation}: ${say(body?.message) || hintOf(code, status)}` + (reason && hide(` (${reason})`, apiKey)) + (status ? ` (status ${status})` : "") + (warning ?? "");
  const fields = { code: codes[code], operation, attempts, maybeDelivered: !!warning };
  const error = new CenterfyError(message, fields, hideIn(cause, apiKey));
  if (status) error.status = status;
  if (text) error.body = body;
  const requestId = requestIdHeaders.map((name) => headers?.get?.(name)).find(Boolean);
  if (requestId) error.requestId = hide(requestId, apiKey);
  if (wait >= 0) error.retryAfter = wait / 1e3;
  return error;
};

// generated/module.ts
var close;
var event;
var field;
var open;
var patience;
var link = (exports) => {
  ({ a: close, b: event, c: field, d: open, e: patience } = exports);
};

// idempotency.ts
var fresh = () => globalThis.crypto?.getRandomValues(new Uint32Array(4)).join("-") ?? `${Math.random()}${Math.random()}`;
var withKey = (headers, key = fresh()) => ({
  ...headers,
  "idempotency-key": `"${key}"`
});
var SINCE = "centerfy-since";

// limiter.ts
var LONGEST_PAUSE = 36e5;
var newLimiter = () => ({
  l: [],
  u: /* @__PURE__ */ new Set(),
  v: Infinity,
  F: 0,
  G: 0,
  P: 0
});
var endLeases = (limiter, now2) => {
  limiter.v = Infinity;
  for (const slot of limiter.u) {
    if (slot.i <= now2) {
      limiter.u.delete(slot);
      limiter.l.push(slot);
    } else limiter.v = Math.min(limiter.v, slot.i);
  }
  limiter.l.sort((a, b) => a.i - b.i);
};
var held = (limiter, now2) => {
  const { l: answered2 } = limiter;
  const back = limiter.P - now2;
  if (back > 0) {
    limiter.G -= back;
    limiter.v -= back;
    for (const slot of [...answered2, ...limiter.u]) slot.i -= back;
  }
  limiter.P = now2;
  if (now2 >= limiter.v) endLeases(limiter, now2);
  while (now2 - answered2[0]?.i >= limiter.F) answered2.shift();
  return limiter.G - now2;
};
var take = (limiter, slot, { requests, perMs }, lease, now2) => {
  limiter.F = Math.max(limiter.F, perMs);
  const pause = held(limiter, now2);
  const first = limiter.l.length + limiter.u.size - requests;
  const full = first < 0 ? 0 : perMs - (now2 - (limiter.l[first]?.i ?? now2));
  const wait = Math.max(pause, full);
  if (wait <= 0) {
    slot.i = now2 + lease;
    limiter.v = Math.min(limiter.v, slot.i);
    limiter.u.add(slot);
  }
  return wait;
};
var giveBack = (limiter, slot) => {
  if (!limiter.u.delete(slot)) limiter.l = limiter.l.filter((other) => other !== slot);
};
var answered = (limiter, slot, now2) => {
  held(limiter, now2);
  giveBack(limiter, slot);
  slot.i = now2;
  limiter.l.push(slot);
};
var hold = (limiter, wait, now2) => {
  const left = held(limiter, now2);
  limiter.G = now2 + Math.max(left, Math.min(wait, LONGEST_PAUSE));
};

// load.ts
var loaded = false;
var use = (instance) => {
  if (!loaded) link(instance.exports);
  loaded = true;
};
var loadLater = async (source) => {
  const given = await source();
  const made = await WebAssembly.instantiate(given, {});
  use(made.instance ?? made);
};
var load = (source) => {
  if (loaded) return;
  try {
    const given = source();
    use(new WebAssembly.Instance(ArrayBuffer.isView(given) ? new WebAssembly.Module(given) : given));
    return;
  } catch {
    return loadLater(source);
  }
};

// options.ts
var isFunction = (given) => typeof given === "function";
var duration = ["a number of milliseconds, 0 for none", (ms) => typeof ms === "number" && ms >= 0];
var ofCall = {
  signal: ["an AbortSignal", (signal) => signal?.addEventListener],
  maxRetries: ["an integer, 0 or more", (most) => Number.isInteger(most) && most >= 0],
  attemptTimeout: duration,
  timeout: duration
};
var visible = [
  "a string of visible ASCII characters without quotes",
  (key) => typeof key === "string" && /^[!#-[\]-~]+$/.test(key)
];
var ofClient = {
  ...ofCall,
  apiKey: visible,
  auth: ['"x-api-key" or "bearer"', (auth) => auth === "x-api-key" || auth === "bearer"],
  fetch: ["a function", isFunction],
  onEvent: ["a function", isFunction],
  rateLimit: [
    "{ requests, perMs }, false, or an object with acquire",
    (limit) => limit === false || isFunction(limit?.acquire) || Number.isInteger(limit?.requests) && limit.requests > 0 && Number.isFinite(limit.perMs) && limit.perMs > 0
  ]
};
var must = (holds, field2, expected2, operation) => {
  if (!holds) throw invalid(field2, expected2, operation);
};
var read2 = (rules2, given, over, operation) => {
  must(given === Object(given), "options", "an object", operation);
  const options = { ...over };
  for (const name in rules2) {
    const [expected2, fits] = rules2[name];
    const value = given[name];
    if (value !== void 0) {
      must(fits(value), name, expected2, operation);
      options[name] = value;
    }
  }
  return options;
};
var readCall = (given, client2, operation) => {
  must(isPlain(given), "options", "a plain object", operation);
  const options = read2({ ...ofCall, idempotencyKey: visible }, given, client2, operation);
  must(!options.idempotencyKey || client2.H, "idempotencyKey", "left out without proxy", operation);
  return options;
};
var isRelative = (url) => !/^https?:/i.test(url);
var readBase = (given = "https://crmwebhook.com/functions/v1/crm-api", field2) => {
  const text = given?.href ?? given;
  let href = "";
  try {
    href = new URL(text, "http://relative").href;
  } catch {
  }
  must(
    text && typeof text === "string" && /^https?:\/\/[^/?#@]*\/[^?#]*$/.test(href),
    field2,
    "an http or https URL without credentials, query and fragment"
  );
  return (isRelative(text) ? text : href).replace(/\/*$/, "/");
};
var resolveBase = ({ T: base, fetch }, operation) => {
  if (!isRelative(base)) return base;
  const here = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(base, here).href;
  } catch {
    must(fetch, "baseUrl", "absolute outside of pages", operation);
    return base;
  }
};
var readClient = (given = {}, source) => {
  const defaults = {
    attemptTimeout: 3e4,
    timeout: 6e4,
    maxRetries: 2,
    rateLimit: { requests: 60, perMs: 6e4 },
    auth: "bearer"
  };
  const options = read2(ofClient, given, defaults);
  const { apiKey, auth } = options;
  const { baseUrl, proxy } = given;
  must(apiKey || baseUrl || proxy, "apiKey", "given, unless baseUrl is your own proxy");
  must(!proxy || !(apiKey || baseUrl), "proxy", "given without apiKey and baseUrl");
  must(
    !apiKey || given.dangerouslyAllowBrowser || typeof window + typeof document !== "objectobject",
    "apiKey",
    "kept out of pages, where everybody can read it: use a baseUrl of your own proxy, or set dangerouslyAllowBrowser"
  );
  const headers = { accept: "application/json" };
  if (apiKey) {
    if (auth === "bearer") headers.authorization = "Bearer " + apiKey;
    else headers[auth] = apiKey;
  }
  const base = proxy ? readBase(proxy, "proxy") : readBase(baseUrl, "baseUrl");
  return {
    ...options,
    T: base,
    H: !!proxy,
    A: headers,
    U: { ...headers, "content-type": "application/json" },
    V: `${base} ${apiKey}`,
    W: source
  };
};

// place.ts
var LONGEST_LEASE = 3e5;
var LONGEST_LOOK = 1e3;
var queues = /* @__PURE__ */ new Map();
var sweepAt = 64;
var enter = (shared) => {
  let queue = queues.get(shared);
  if (!queue) {
    if (queues.size >= sweepAt) sweep();
    queues.set(shared, queue = { ...newLimiter(), m: /* @__PURE__ */ new Set() });
  }
  return queue;
};
var sweep = () => {
  for (const [shared, queue] of queues) {
    if (held(queue, now()) <= 0 && !queue.m.size && !queue.u.size && !queue.l.length) {
      queues.delete(shared);
    }
  }
  sweepAt = queues.size * 2 + 64;
};
var setTimer = (queue, ms) => {
  clearTimeout(queue.x);
  if (queue.m.size) queue.x = after(Math.min(Math.ceil(ms), LONGEST_TIMER), pump, queue);
};
var ask = (queue, { s: client2, I: ms }) => {
  const slot = { i: 0 };
  const wait = take(queue, slot, client2.rateLimit, ms < Infinity ? ms : LONGEST_LEASE, now());
  if (wait > 0) return wait;
  return (sent) => {
    if (sent) return answered(queue, slot, now());
    giveBack(queue, slot);
    setTimer(queue, 0);
  };
};
var tell = (queue, waiter, release) => {
  queue.m.delete(waiter);
  waiter.Q(release);
};
var pump = (queue) => {
  for (const waiter of queue.m) {
    const asked = ask(queue, waiter);
    if (typeof asked === "number") {
      queue.X = waiter;
      return setTimer(queue, asked);
    }
    tell(queue, waiter, asked);
  }
  clearTimeout(queue.x);
};
var isRefused = (queue, waiter) => {
  const pause = held(queue, now());
  return pause > 0 && pause > patience(waiter.y);
};
var inWorkers = () => globalThis.navigator?.userAgent === "Cloudflare-Workers";
var look = (queue, waiter) => {
  const asked = isRefused(queue, waiter) ? void 0 : ask(queue, waiter);
  if (typeof asked !== "number") return waiter.Q(asked);
  waiter.x = after(Math.min(Math.ceil(asked), LONGEST_LOOK), () => look(queue, waiter), void 0);
};
var place = (queue, waiter) => {
  if (isRefused(queue, waiter)) return;
  const asked = queue.m.size ? 0 : ask(queue, waiter);
  if (typeof asked !== "number") return asked;
  return new Promise((tell3) => {
    waiter.Q = tell3;
    if (inWorkers()) return look(queue, waiter);
    queue.m.add(waiter);
    pump(queue);
  });
};
var refuseImpatient = (queue) => {
  for (const waiter of queue.m) {
    if (isRefused(queue, waiter)) tell(queue, waiter);
  }
  pump(queue);
};
var leave = (queue, waiter) => {
  if (queue.m.delete(waiter) && (waiter === queue.X || !queue.m.size)) setTimer(queue, 0);
};

// request.ts
var kindOf2 = (value) => {
  if (value === void 0) return 0 /* Absent */;
  if (value === false) return 1 /* False */;
  if (value === true) return 2 /* True */;
  if (typeof value === "number") return 3 /* Number */;
  if (typeof value === "string") {
    const word = words.indexOf(value);
    return word < 0 ? 6 /* Text */ : word;
  }
  return value && typeof value === "object" && !Array.isArray(value) ? 4 /* Object */ : 5 /* Other */;
};
var write = ({ j: payload, g: arity }, args) => {
  const request = args[arity - 1];
  if (payload === 0 /* Nothing */) return;
  try {
    return JSON.stringify(payload === 3 /* AgentId */ ? { agent_id: request } : request);
  } catch {
    return;
  }
};
var got = (value) => typeof value === "number" || value === null ? value : value === "" ? "an empty string" : typeof value;
var prepare = (client2, spec, args, json) => {
  const { f: name, n: method, j: payload, r: fields } = spec;
  const last = spec.g - 1;
  const given = args[last];
  const isJson = fields.length > spec.g && json && given === Object(given) && !isPlain(given);
  const request = isJson ? parse(json) : given;
  if (isJson && (given.then || fields.every((field2) => request?.[field2] === void 0))) {
    throw invalid(fields[last], "a plain object" + (given.then ? ", got a promise: await it" : ""), name);
  }
  let query = "";
  for (let i = 0; i < fields.length; i++) {
    const field2 = fields[i];
    const value = i < last ? args[i] : i > last ? request?.[field2] : request;
    const kind = kindOf2(value);
    const fault = field(spec.q + i, kind, kind === 3 /* Number */ ? value : 0);
    if (fault !== FITS) {
      const must2 = expected[valueOf(fault)] + rules[tagOf(fault)];
      throw invalid(field2, `${must2}, got ${got(value)}`, name);
    }
    if (isJson && kind === 0 /* Absent */ && !given.toJSON && given[field2] !== void 0) {
      throw invalid(field2, "its own, not inherited", name);
    }
    if (payload === 2 /* Query */ && i > last && kind !== 0 /* Absent */) query += `${query ? "&" : "?"}${field2}=${value}`;
  }
  const hasBody = method !== "GET";
  if (hasBody && !json) throw invalid(fields[last], "possible to write as JSON", name);
  const url = resolveBase(client2, name) + spec.o;
  try {
    return {
      url: spec.p ? url + encodeURIComponent(args[0]) + query : url,
      method,
      headers: hasBody ? client2.U : client2.A,
      body: hasBody ? json : void 0
    };
  } catch {
    throw invalid(fields[0], "well-formed Unicode", name);
  }
};

// signals.ts
var listeners = /* @__PURE__ */ new WeakMap();
var listen = (signal, abort) => {
  let listener = listeners.get(signal);
  if (!listener) {
    const aborts2 = /* @__PURE__ */ new Set();
    listeners.set(signal, listener = { Y: aborts2, Z: () => aborts2.forEach((abort2) => abort2()) });
  }
  const { Y: aborts, Z: _listener } = listener;
  if (!aborts.size) signal.addEventListener("abort", _listener);
  aborts.add(abort);
  return () => {
    aborts.delete(abort);
    if (!aborts.size) signal.removeEventListener("abort", _listener);
  };
};
var reasonOf = (signal) => signal?.reason !== void 0 ? signal.reason : Object.assign(Error("This operation was aborted"), { name: "AbortError" });

// call.ts
var ask2 = (call) => {
  const { s: client2, I: attemptTimeout } = call;
  const limiter = client2.rateLimit;
  if (!limiter) return;
  if (!limiter.acquire) {
    const turn = place(call.J = enter(client2.V), call);
    if (turn?.then) emit(call, "queued");
    return turn;
  }
  emit(call, "queued");
  const { signal } = call.h.z = new AbortController();
  return limiter.acquire({ operation: call.w.f, attempt: call.B + 1, attemptTimeout, signal });
};
var tellOnce = (release) => (sent) => {
  const told = release;
  release = void 0;
  quietly(() => told?.(sent));
};
var attempt = (call) => {
  const { s: { fetch = globalThis.fetch } } = call;
  if (!fetch) throw invalid("fetch", "a function", call.w.f);
  const attempt2 = call.h = noAttempt();
  const outgoing = call.O;
  if (call.R && call.B) outgoing.headers[SINCE] = `${now() - call.S}`;
  call.B++;
  emit(call, "request");
  if (call.C) return 0 /* Ask */;
  attempt2.t = call.t;
  call.t = void 0;
  send(attempt2, fetch, outgoing, (event2) => {
    const { D: status, A: headers } = attempt2;
    if (headers) emit(call, "response", { status, durationMs: now() - attempt2.N });
    call._(event2);
  });
  return event(call.y, 2 /* Sent */, 0, NO_WAIT, NOTHING_SAID, attempt2.N, 0);
};
var SAID = ["false", "true"];
var NOTHING_SAID = -1;
var tell2 = (call, event2) => {
  const { y: id, J: queue, h: { D: status, E: wait, A: headers } } = call;
  const isSuccess = event2 === 4 /* Json */ && status < 300;
  const at = isSuccess ? 0 : now();
  const said = isSuccess ? NOTHING_SAID : SAID.indexOf(headers?.get?.(MAYBE_DELIVERED));
  const order = event(id, event2, status, wait, said, at, isSuccess ? 0 : Math.random());
  if (event2 !== 0 /* TimerRang */ && status === 429) {
    quietly(() => call.s.rateLimit.hold?.({ ms: Math.max(wait, 0) }));
    if (queue) {
      hold(queue, wait, at);
      refuseImpatient(queue);
    }
  }
  return order;
};
var happens = (call, ms) => new Promise((happened) => {
  call._ = happened;
  clearTimeout(call.x);
  call.x = after(ms, happened, 0 /* TimerRang */);
});
var begin = (call, args, json) => {
  const { s: client2, w: spec, $: options } = call;
  const { maxRetries, timeout } = options;
  const outgoing = call.O = prepare(client2, spec, args, json);
  call.R = client2.H && !spec.k;
  if (call.R) outgoing.headers = withKey(outgoing.headers, options.idempotencyKey);
  call.S = now();
  call.y = open(spec.k, client2.H, maxRetries, call.I, timeout || Infinity, call.S);
};
var drive = async (call, args, json) => {
  begin(call, args, json);
  let order = 0 /* Ask */;
  while (!call.C) {
    switch (tagOf(order)) {
      case 0 /* Ask */:
        const turn = ask2(call);
        const given = turn?.then ? await turn : turn;
        const { J: queue } = call;
        const release = queue ? given : tellOnce(given);
        if (call.C) release?.(false);
        else if (release) {
          call.t = release;
          order = attempt(call);
        } else {
          call.h.E = held(queue, now());
          order = event(call.y, 1 /* Refused */, 0, NO_WAIT, NOTHING_SAID, 0, 0);
        }
        break;
      case 2 /* Back */:
        drop(call.h);
        emit(call, "retry", { delayMs: valueOf(order) });
        order = tell2(call, await happens(call, valueOf(order)));
        break;
      case 1 /* Wait */:
        order = tell2(call, await happens(call, valueOf(order)));
        break;
      case 3 /* Succeed */:
        return call.h.L;
      default:
        throw failure(call, valueOf(order), tagOf(order), call.h.E);
    }
  }
  return;
};
var start2 = (call, args) => {
  const json = write(call.w, args);
  const loading = load(call.s.W);
  if (!loading) return drive(call, args, json);
  return loading.then(
    () => call.C || drive(call, args, json),
    (cause) => {
      call.h.M = cause;
      throw failure(call, 11 /* Load */, 4 /* Fail */, NO_WAIT);
    }
  );
};
var end = (call) => {
  const { J: queue } = call;
  call.C = true;
  clearTimeout(call.x);
  drop(call.h);
  call.t?.(false);
  if (call.y !== void 0) close(call.y);
  if (queue) leave(queue, call);
};
var run = (clientOf, spec, args) => {
  const given = args[spec.g];
  let abort;
  const promise = new Promise((resolve, reject) => {
    const client2 = clientOf();
    const options = given === void 0 ? client2 : readCall(given, client2, spec.f);
    const { signal } = options;
    const call = {
      s: client2,
      $: options,
      w: spec,
      I: options.attemptTimeout || Infinity,
      B: 0,
      h: noAttempt()
    };
    let unlisten;
    const settle = (how) => (value) => {
      if (call.C) return;
      end(call);
      unlisten?.();
      how(value);
    };
    abort = () => settle(reject)(reasonOf(signal));
    if (signal?.aborted) return abort();
    if (signal) unlisten = listen(signal, abort);
    start2(call, args).then(settle(resolve), settle(reject));
  });
  promise.aa = abort;
  return promise;
};

// messages.ts
var OPERATION = "getContactMessages";
async function* read3(getPage, query, signal, iteration) {
  if (query !== void 0 && !isPlain(query)) throw invalid("query", "a plain object", OPERATION);
  if (query?.offset !== void 0) throw invalid("offset", "left out: the newest message comes first", OPERATION);
  const seen = /* @__PURE__ */ new Set();
  let offset = 0;
  let first;
  for (; ; ) {
    const { messages: messages2, total } = await (iteration.ba = getPage({ ...query, offset }));
    if (!Array.isArray(messages2)) {
      throw new CenterfyError(`${OPERATION}: the answer has no messages`, { code: "parse", operation: OPERATION, attempts: 1 });
    }
    if (!messages2.length) return;
    const before = seen.size;
    for (const message of messages2) {
      const id = message?.id ?? message;
      if (!seen.has(id)) {
        seen.add(id);
        yield message;
        if (signal?.aborted) throw reasonOf(signal);
      }
    }
    offset += messages2.length;
    first ??= total;
    if (offset === total || seen.size === before && !(offset - before <= total - first)) return;
  }
}
var messages = (getPage, query, signal) => {
  const iteration = {};
  const reader = read3(getPage, query, signal, iteration);
  return {
    next: () => reader.next(),
    return: (value) => {
      iteration.ba?.aa?.();
      return reader.return(value);
    },
    [Symbol.asyncIterator]: () => messages(getPage, query, signal)
  };
};

// client.ts
var OPTIONS = /* @__PURE__ */ Symbol();
var client = (source) => {
  class Centerfy2 {
    constructor(given) {
      const options = readClient(given, source);
      Object.defineProperty(this, OPTIONS, { value: () => options });
    }
    contactMessages(contactId, query, options) {
      return messages((asked) => this.getContactMessages(contactId, asked, options), query, options?.signal);
    }
  }
  operations.forEach((spec) => {
    Centerfy2.prototype[spec.f] = function(...args) {
      return run(() => this[OPTIONS](), spec, args);
    };
  });
  return Centerfy2;
};

// index.ts
var Centerfy = /* @__PURE__ */ client(bytes);
export {
  Centerfy,
  CenterfyError
};
