/**
 * What every set-up does with the package: all operations, errors, an abort, a retry, an iteration,
 * many concurrent calls, the rate limiter. It needs only `fetch` of its runtime, and reads the state
 * of the sandbox from its control endpoint. project.mjs copies its imports next to it.
 */
import { controlOf } from "./control.mjs";
import { everyName, newAgent, operations } from "./samples.mjs";

/** Runs all steps. Resolves to their names, and rejects at the first failure. */
export const scenario = async ({ Centerfy, CenterfyError, centerfy, apiKey, sandbox }) => {
  const worlds = controlOf(sandbox);
  const control = (method, path, body) => worlds(method, `/${apiKey}${path}`, body);
  const world = await control("POST", "/reset");
  const made = { Centerfy, CenterfyError, centerfy, apiKey, sandbox, control, world };
  const done = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(made);
    } catch (cause) {
      throw new Error(`in the step "${name}": ${cause}\n${cause?.stack}`, { cause });
    }
    done.push(name);
  }
  return done;
};

const is = (actual, expected, what) => {
  if (!Object.is(actual, expected)) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
};

const failure = async (promise) => {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`nothing failed, the answer was ${JSON.stringify(value)}`);
};

/** The requests that reached the operation, as the sandbox logged them. */
const requests = async (control, operation) =>
  (await control("GET", "/log")).filter((entry) => entry.operation === operation);

/**
 * Whether this browser by itself repeats a request, even a POST, without an error when a reused
 * connection is reset. Chromium and Firefox do. A page cannot prevent that; in Deno, which does so,
 * too, the package can.
 */
const resends = async (apiKey, sandbox, control, { organization_id, sub_account_id, agents, contacts }) => {
  if (typeof Deno !== "undefined") return false;
  const calls = async () => (await control("GET", "/deliveries")).filter(({ operation }) => operation === "makeAiCall").length;
  const before = await calls();
  await control("POST", "/faults", { operation: "makeAiCall", times: 1, type: "drop", when: "after" });
  const body = JSON.stringify({ contact_id: contacts[0].id, organization_id, sub_account_id });
  const headers = { "x-api-key": apiKey, "content-type": "application/json" };
  const url = `${sandbox}/functions/v1/crm-api/make-ai-call/${agents[0].id}`;
  await fetch(url, { method: "POST", headers, body }).catch(() => {});
  return (await calls()) - before > 1;
};

const steps = {
  async "agents: create, read, change, archive"({ centerfy, world }) {
    const { organization_id, sub_account_id } = world;
    const name = "Zoë 你好 🎧";
    const agent = await centerfy.createAgent({ ...newAgent, name, organization_id, sub_account_id });
    is(agent.name, "Zoë 你好 🎧", "the created agent's name");
    is((await centerfy.getAgent(agent.id)).id, agent.id, "the id of the agent that was read");
    const changed = await centerfy.updateAgent(agent.id, { temperature: 0.9 });
    is(changed.temperature, 0.9, "the changed temperature");
    is(changed.name, agent.name, "a field that was not changed");
    const { archived_at } = await centerfy.archiveAgent(agent.id);
    is(Number.isNaN(Date.parse(archived_at)), false, `whether ${archived_at} is no date`);
  },

  async "calls: make one, find a recording"({ centerfy, control, world }) {
    const { organization_id, sub_account_id, agents, contacts, calls } = world;
    const contact_id = contacts[0].id;
    const call = await centerfy.makeAiCall(agents[0].id, { contact_id, organization_id, sub_account_id });
    const dialled = (await control("GET", "/deliveries")).filter(({ operation }) => operation === "makeAiCall");
    is(dialled.length, 1, "the number of phones that rang");
    is(call.agent_name, agents[0].name, "the agent that calls");
    const { call_id } = calls.find((call) => call.recording);
    const { recording_url } = await centerfy.getCallRecording(call_id);
    is(new URL(recording_url).protocol.slice(0, 4), "http", "the recording URL's protocol");
  },

  async "messages: read, send"({ centerfy, control, world }) {
    const { id, conversation_id } = world.contacts[0];
    const content = "See you at ten — “sure”.";
    const sent = await centerfy.sendMessage({ content, ai: false, conversation_id, channel: "sms" });
    is(sent.content, content, "what the answer says was sent");
    const messages = (await control("GET", "/deliveries")).filter(({ operation }) => operation === "sendMessage");
    is(messages.length, 1, "the number of messages that went out");
    const page = await centerfy.getContactMessages(id, { limit: 1 });
    is(page.messages.length, 1, "the length of the page");
    is(page.messages[0].content, content, "the newest message");
  },

  async "operations: those that no step above calls"({ centerfy, control, world }) {
    const called = new Set((await control("GET", "/log")).map(({ operation }) => operation));
    for (const name of everyName.filter((name) => !called.has(name))) is(typeof (await operations[name].call(centerfy, world)), "object", name);
  },

  async "errors: from the server, and before anything is sent"({ centerfy, CenterfyError, apiKey, control }) {
    const missing = await failure(centerfy.getAgent("no/body"));
    is(missing instanceof CenterfyError && missing instanceof Error, true, "whether it is a CenterfyError");
    is(CenterfyError.is(missing), true, "what CenterfyError.is says");
    is(missing.code, "not_found", "the code");
    is(missing.status, 404, "the status");
    is(missing.operation, "getAgent", "the operation");
    is(JSON.stringify(missing).includes(apiKey) || missing.message.includes(apiKey), false, "whether the key shows");
    const before = (await control("GET", "/log")).length;
    const invalid = await failure(centerfy.createAgent({ name: "Nobody" }));
    is(invalid.code, "validation", "the code of a wrong request");
    is(invalid.field, "voice_id", "the first wrong field");
    is((await control("GET", "/log")).length, before, "the number of requests after a wrong one");
  },

  async "abort: rejects with the reason, at once"({ Centerfy, apiKey, sandbox, control, world }) {
    const controller = new AbortController();
    const reason = { why: "the person left" };
    const stalled = new Centerfy({
      apiKey,
      baseUrl: sandbox + "/functions/v1/crm-api",
      rateLimit: false,
      dangerouslyAllowBrowser: true,
      onEvent: ({ type }) => type === "request" && controller.abort(reason),
    });
    await control("POST", "/faults", { operation: "getContactMessages", type: "stall_headers" });
    const contact = world.contacts[0].id;
    is(await failure(stalled.getContactMessages(contact, {}, { signal: controller.signal })), reason, "the reason");
    await control("DELETE", "/faults");
    const early = failure(stalled.getAgent(world.agents[0].id, { signal: AbortSignal.abort(reason) }));
    is(await early, reason, "the reason of a signal that had aborted before");
  },

  async "retry: a 503 once is not seen by the caller"({ centerfy, control, world }) {
    await control("DELETE", "/log");
    const unavailable = { type: "answer", status: 503, body: "<h1>busy</h1>", headers: { "retry-after-ms": "20" } };
    await control("POST", "/faults", { operation: "getAgent", times: 1, ...unavailable });
    const { id } = world.agents[0];
    is((await centerfy.getAgent(id)).id, id, "the agent's id");
    const statuses = (await requests(control, "getAgent")).map(({ status }) => status);
    is(statuses.join(), "503,200", "what was answered");
  },

  async "timeout: a server that does not respond"({ centerfy, control, world }) {
    await control("POST", "/faults", { operation: "getAgent", times: 1, type: "stall_headers" });
    const error = await failure(centerfy.getAgent(world.agents[0].id, { attemptTimeout: 100, maxRetries: 0 }));
    is(error.code, "timeout", "the code");
    is(error.attempts, 1, "the number of attempts");
    await control("DELETE", "/faults");
  },

  async "never twice: what may have reached a person"({ centerfy, apiKey, sandbox, control, world }) {
    const { organization_id, sub_account_id, agents, contacts } = world;
    const { id, conversation_id } = contacts[1];
    const delivered = async (name) =>
      (await control("GET", "/deliveries")).filter(({ operation }) => operation === name).length;
    const messages = await delivered("sendMessage");
    await control("POST", "/faults", { operation: "sendMessage", times: 1, type: "answer", status: 503, carryOut: true });
    const unclear = await failure(
      centerfy.sendMessage({ content: "Only once", ai: false, conversation_id, channel: "sms" }),
    );
    is(unclear.code, "server", "the code of the 503");
    is(unclear.maybeDelivered, true, "whether the message may have been delivered");
    is((await delivered("sendMessage")) - messages, 1, "the number of messages that went out");
    if (await resends(apiKey, sandbox, control, world)) return;
    const calls = await delivered("makeAiCall");
    await control("POST", "/faults", { operation: "makeAiCall", times: 1, type: "drop", when: "after" });
    const request = { contact_id: id, organization_id, sub_account_id };
    const dropped = await failure(centerfy.makeAiCall(agents[0].id, request));
    is(dropped.code, "network", "the code of the dropped connection");
    is(dropped.maybeDelivered, true, "whether the phone may have rung");
    is((await delivered("makeAiCall")) - calls, 1, "the number of phones that rang");
  },

  async "iteration: every message once, page after page"({ centerfy, control, world }) {
    const { id } = world.contacts[2];
    for (const content of ["one", "two", "three", "four"]) await control("POST", "/messages", { contact_id: id, content });
    const { total } = await centerfy.getContactMessages(id, { limit: 1 });
    const seen = new Set();
    for await (const message of centerfy.contactMessages(id, { limit: 3 })) seen.add(message.id);
    is(seen.size, total, "the number of different messages");
    let first;
    for await (const message of centerfy.contactMessages(id)) {
      first = message.content;
      break;
    }
    is(first, "four", "the newest message");
  },

  async "50 calls at once"({ centerfy, control, world }) {
    await control("DELETE", "/log");
    const wanted = Array.from({ length: 50 }, (_, i) => world.agents[i % world.agents.length].id);
    const agents = await Promise.all(wanted.map((id) => centerfy.getAgent(id)));
    is(agents.map(({ id }) => id).join(), wanted.join(), "the agents' ids");
    is((await requests(control, "getAgent")).length, 50, "the number of requests");
  },

  async "rate limit: never too fast"({ Centerfy, apiKey, sandbox, control, world }) {
    await control("DELETE", "/log");
    const left = [];
    const slow = new Centerfy({
      apiKey,
      auth: "bearer",
      baseUrl: sandbox + "/functions/v1/crm-api/",
      rateLimit: { requests: 3, perMs: 150 },
      dangerouslyAllowBrowser: true,
      onEvent: ({ type }) => type === "request" && left.push(performance.now()),
    });
    await Promise.all(Array.from({ length: 7 }, () => slow.getAgent(world.agents[1].id)));
    const sent = await requests(control, "getAgent");
    is(sent.length, 7, "the number of requests");
    is(sent.every(({ auth }) => auth === "bearer"), true, "whether the key came as a bearer token");
    // Clocks of browsers are rounded.
    const tooSoon = left.findIndex((at, i) => i >= 3 && at - left[i - 3] < 148);
    is(tooSoon, -1, `the first of the requests at ${left.map(Math.round)} ms that left too soon`);
  },
};
