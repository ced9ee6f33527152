// The tests of an app, as a user writes them with `centerfy/sandbox`. They import nothing, so that
// they run in every runtime: `suite({ Centerfy, CenterfyError, createSandbox })`.

function check(condition, what) {
  if (!condition) throw new Error(what);
}

function equal(actual, expected, what) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(seen === wanted, `${what}: ${seen}, not ${wanted}`);
}

async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not reject");
}

const newAgent = ({ organizationId, subAccountId }) => ({
  name: "Suite",
  voice_id: "Aria",
  max_duration: 5,
  temperature: 0.5,
  silence_timeout: 5,
  voice_activity_timeout: 300,
  llm_model: "gpt-4o-mini",
  language: "en-US",
  background_noise: false,
  voicemail_detection: false,
  backcchanneling: false,
  is_active: true,
  webhook: false,
  recording: true,
  organization_id: organizationId,
  sub_account_id: subAccountId,
});

const message = (sandbox, content) => ({
  content,
  ai: false,
  conversation_id: sandbox.contacts()[0].conversation_id,
  channel: "sms",
});

/** The tests by name; each gets its own sandbox and client. */
const tests = {
  "an agent is created, read, changed and archived": async ({ sandbox, client }) => {
    const agent = await client.createAgent(newAgent(sandbox));
    equal((await client.getAgent(agent.id)).name, "Suite", "the name");
    equal((await client.updateAgent(agent.id, { name: "Größer" })).name, "Größer", "the new name");
    await client.archiveAgent(agent.id);
    equal(sandbox.deliveries().map(({ operation, id }) => [operation, id]), [["createAgent", agent.id]], "deliveries");
    check(sandbox.agents().find(({ id }) => id === agent.id).archived_at, "it is not archived");
  },

  "a call is placed, and its recording plays": async ({ sandbox, client }) => {
    const [agent] = sandbox.agents();
    const contact_id = sandbox.contacts()[0].id;
    const { organizationId: organization_id, subAccountId: sub_account_id } = sandbox;
    await client.makeAiCall(agent.id, { contact_id, organization_id, sub_account_id });
    const [{ id: call_id }] = sandbox.deliveries();
    equal((await rejection(client.getCallRecording(call_id))).code, "not_found", "the code while it rings");
    sandbox.advance(10_000);
    const { recording_url, expires_in_seconds } = await client.getCallRecording(call_id);
    equal(expires_in_seconds, 3600, "seconds until it expires");
    const sound = await sandbox.fetch(recording_url);
    equal(sound.status, 200, "the status of the recording");
    equal(sound.headers.get("content-type"), "audio/wav", "the type of the recording");
    const bytes = new Uint8Array(await sound.arrayBuffer());
    equal(String.fromCharCode(...bytes.subarray(0, 4)), "RIFF", "the recording's first bytes");
    sandbox.advance(3_600_000);
    equal((await sandbox.fetch(recording_url)).status, 403, "the status when the URL has expired");
  },

  "a message is sent, and a contact answers": async ({ sandbox, client }) => {
    const [{ id }] = sandbox.contacts();
    await client.sendMessage(message(sandbox, "Is Friday fine? 🙂"));
    equal(sandbox.deliveries().map(({ response }) => response.content), ["Is Friday fine? 🙂"], "what went out");
    sandbox.receive({ contactId: id, content: "Yes" });
    const { messages } = await client.getContactMessages(id, { limit: 2 });
    equal(messages.map(({ content }) => content), ["Yes", "Is Friday fine? 🙂"], "the newest messages");
    equal(sandbox.conversation(id).at(-1).content, "Yes", "the last message");
  },

  "a conversation is iterated over": async ({ sandbox, client }) => {
    const [{ id }] = sandbox.contacts();
    const seen = [];
    for await (const message of client.contactMessages(id, { limit: 50 })) seen.push(message.id);
    equal(seen.reverse(), sandbox.conversation(id).map(({ id }) => id), "the messages");
  },

  "a dropped connection after a message: it may have been delivered, and is not sent again": async ({ sandbox, client, CenterfyError }) => {
    sandbox.fail("sendMessage", { type: "drop", when: "after" });
    const error = await rejection(client.sendMessage(message(sandbox, "Once")));
    check(error instanceof CenterfyError, `no CenterfyError: ${error}`);
    equal([error.code, error.maybeDelivered, error.attempts], ["network", true, 1], "the error");
    equal(sandbox.deliveries().length, 1, "messages that went out");
  },

  "a 503 is tried again where that is safe": async ({ sandbox, client }) => {
    sandbox.fail("getAgent", { type: "answer", status: 503, headers: { "retry-after-ms": "1" } });
    await client.getAgent(sandbox.agents()[0].id);
    equal(sandbox.log().map(({ status }) => status), [503, 200], "the statuses");
  },

  "a cut answer, and one that arrives in chunks": async ({ sandbox, client }) => {
    const [{ id }] = sandbox.agents();
    sandbox.fail("getAgent", { type: "cut_body", afterBytes: 10 });
    equal((await rejection(client.getAgent(id, { maxRetries: 0 }))).code, "network", "the code");
    sandbox.fail("getAgent", { type: "trickle", bytes: 100, everyMs: 1 });
    equal((await client.getAgent(id)).id, id, "the id");
  },

  "a call without an answer times out": async ({ sandbox, client }) => {
    const [{ id }] = sandbox.agents();
    for (const fault of [{ type: "stall_headers" }, { type: "stall_body", afterBytes: 10 }]) {
      sandbox.fail("getAgent", fault);
      const error = await rejection(client.getAgent(id, { attemptTimeout: 20, maxRetries: 0 }));
      equal(error.code, "timeout", `the code of ${fault.type}`);
    }
    check(sandbox.log().every((entry) => entry.closed_by_client), "the sandbox did not notice");
  },

  "an abort ends a call": async ({ sandbox, client }) => {
    sandbox.fail("getAgent", { type: "stall_headers" });
    const controller = new AbortController();
    const call = client.getAgent(sandbox.agents()[0].id, { signal: controller.signal });
    controller.abort(new Error("enough"));
    equal((await rejection(call)).message, "enough", "the reason");
  },

  "the API's limit is the sandbox's": async ({ sandbox, client }) => {
    const [{ id }] = sandbox.agents();
    for (let calls = 0; calls < 60; calls++) await client.getAgent(id);
    equal((await rejection(client.getAgent(id, { maxRetries: 0 }))).code, "rate_limited", "the code");
    sandbox.advance(60_000);
    await client.getAgent(id);
  },

  "sandboxes share nothing": async ({ sandbox, createSandbox }) => {
    const other = await createSandbox();
    check(other.apiKey !== sandbox.apiKey, "they have the same key");
    const [{ id }] = sandbox.contacts();
    sandbox.receive({ contactId: id, content: "Only here" });
    check(other.conversation(id).at(-1).content !== "Only here", "it is there too");
    const headers = { "x-api-key": sandbox.apiKey };
    equal((await other.fetch(`${other.baseUrl}/get-agent/x`, { headers })).status, 401, "the status");
    other.dispose();
    equal(sandbox.agents().length, 4, "agents of the one that stays");
  },

  "it is reset, and then disposed of": async ({ sandbox, client }) => {
    await client.createAgent(newAgent(sandbox));
    sandbox.reset();
    equal([sandbox.agents().length, sandbox.log().length], [4, 0], "agents and requests");
    const id = sandbox.agents()[0].id;
    await client.getAgent(id);
    sandbox.dispose();
    equal((await rejection(client.getAgent(id, { maxRetries: 0 }))).code, "network", "the code");
  },
};

/**
 * Runs all of them, one after the other.
 *
 * @returns {Promise<{ name: string, error: unknown }[]>} `error` is undefined for a test that passed
 */
export async function suite({ Centerfy, CenterfyError, createSandbox }) {
  const results = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      const sandbox = await createSandbox();
      const client = new Centerfy({
        apiKey: sandbox.apiKey,
        fetch: sandbox.fetch,
        rateLimit: false,
        dangerouslyAllowBrowser: true,
      });
      await test({ sandbox, client, CenterfyError, createSandbox });
      sandbox.dispose();
      results.push({ name, error: undefined });
    } catch (error) {
      results.push({ name, error });
    }
  }
  return results;
}
