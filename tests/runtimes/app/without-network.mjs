/** The package in a set-up without a network, with a custom `fetch`. */

const is = (actual, expected, what) => {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
};

const answer = (status, body) => ({ status, headers: { get: () => null }, text: async () => JSON.stringify(body) });

const failure = (promise) => promise.then((value) => { throw new Error(`resolved with ${value}`); }, (error) => error);

/** A client whose nth request gets the nth response, and later requests the last. */
const clientOf = (Centerfy, answers, options) => {
  const sent = [];
  const fetch = async (url, { body }) => {
    sent.push({ url, body, at: performance.now() });
    return answers[Math.min(sent.length, answers.length) - 1];
  };
  const baseUrl = "http://api.test/v1";
  return { sent, client: new Centerfy({ apiKey: "cfy_somebody", baseUrl, fetch, dangerouslyAllowBrowser: true, ...options }) };
};

const steps = {
  async "a 503 and then a 200"({ Centerfy }) {
    const { client, sent } = clientOf(Centerfy, [answer(503, {}), answer(200, { id: "a" })]);
    is((await client.getAgent("a")).id, "a", "the answer");
    is(sent.length, 2, "the number of requests");
  },
  async "an invalid field"({ Centerfy, CenterfyError }) {
    const { client, sent } = clientOf(Centerfy, [answer(200, {})]);
    const error = await failure(client.updateAgent("a", { temperature: 2 }));
    is(error instanceof CenterfyError && error.code, "validation", "the code");
    is(error.field, "temperature", "the field");
    is(sent.length, 0, "the number of requests");
  },
  async "a call that is not repeat-safe"({ Centerfy }) {
    const { client, sent } = clientOf(Centerfy, [answer(503, {})]);
    const message = { content: "Hello", ai: false, conversation_id: "c", channel: "sms" };
    const error = await failure(client.sendMessage(message));
    is(error.maybeDelivered, true, "whether it may have been delivered");
    is(sent.length, 1, "the number of requests");
  },
  async "a limit"({ Centerfy }) {
    const rateLimit = { requests: 2, perMs: 200 };
    const { client, sent } = clientOf(Centerfy, [answer(200, { id: "a" })], { rateLimit });
    await Promise.all([1, 2, 3, 4, 5].map(() => client.getAgent("a")));
    const waited = sent[4].at - sent[0].at;
    if (waited < 399) throw new Error(`the fifth came after ${waited} ms`);
  },
  async "an iteration"({ Centerfy }) {
    const pages = [["a", "b"], ["c"]].map((ids) => answer(200, { total: 3, messages: ids.map((id) => ({ id })) }));
    const { client } = clientOf(Centerfy, pages);
    let seen = "";
    for await (const { id } of client.contactMessages("k")) seen += id;
    is(seen, "abc", "the messages");
  },
};

/** Resolves to the steps that passed, or to the failure, like check.mjs. */
export const check = async (made) => {
  const passed = [];
  try {
    for (const name of Object.keys(steps)) {
      await steps[name](made);
      passed.push(name);
    }
    return { passed };
  } catch (error) {
    return { failed: `after ${passed}: ${error} ${error.stack}` };
  }
};
