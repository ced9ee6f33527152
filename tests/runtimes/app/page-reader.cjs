/** Stands in for the reader of a snippet about pages: a server with the proxy, ids, and a captured console. */
const { createProxy } = require("centerfy/proxy");
const { createSandbox } = require("centerfy/sandbox");

exports.prepare = async () => {
  const sandbox = await createSandbox();
  const proxy = createProxy({
    apiKey: sandbox.apiKey,
    fetch: sandbox.fetch,
    path: "/api/centerfy",
    allow: ["getAgent", "sendMessage"],
    authorize: () => "mia",
    origins: ["none"],
  });
  process.env.CENTERFY_API_KEY = sandbox.apiKey;
  const [{ conversation_id }] = sandbox.contacts();
  Object.assign(globalThis, { fetch: (url, init) => proxy(new Request(url, init)), agentId: sandbox.agents()[0].id, conversation_id });
  const printed = [];
  console.log = (...words) => printed.push(words.join(" "));
  /** The result of the snippet: the lines that it printed, otherwise the requests that the API executed. */
  return { results: () => (printed.length ? printed : sandbox.log().filter(({ carried_out }) => carried_out)) };
};
