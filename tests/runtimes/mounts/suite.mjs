/** The suite that every mount has to pass. */
import { controlOf } from "../../support/control.mjs";
import { inPage } from "./browser.mjs";
import { until } from "./control.mjs";

const KIB = 1024;
const JSON_TYPE = { "content-type": "application/json" };
/** An id that no agent has. */
const NO_AGENT = "00000000-0000-4000-8000-000000000000";

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

const answers = ({ status, text }, ...wanted) =>
  must(wanted.includes(status), `answers ${status} and not ${wanted.join(" or ")}: ${text.slice(0, 200)}`);

const fieldOf = (size) => JSON.stringify({ content: "x".repeat(size) });

/** The proxy's own responses have the API's shape, and headers against sniffing. */
const isOfProxy = ({ text, headers }) => {
  must(JSON.parse(text).error === true, `it is no error of the proxy: ${text.slice(0, 200)}`);
  must(headers["x-content-type-options"] === "nosniff", "x-content-type-options is not set");
};

const messageTo = ({ conversation_id }, content) => ({ content, ai: false, conversation_id, channel: "sms" });

const pages = {
  async "a page of its own reads, changes and sends, with its cookie"({ proxyOf, world, endpoint, packed, origin }) {
    const act = async (Centerfy, { proxy, agent, message }) => {
      const client = new Centerfy({ proxy });
      const { id } = await client.getAgent(agent);
      await client.updateAgent(agent, { name: "Changed by a page" });
      const sent = [];
      for (let times = 0; times < 2; times++) sent.push(await client.sendMessage(message, { idempotencyKey: "visit-7" }));
      return { id, name: (await client.getAgent(agent)).name, contents: sent.map(({ content }) => content) };
    };
    const agent = world.agents[0].id;
    const message = messageTo(world.contacts[0], "From a page");
    const { id, name, contents } = await inPage({ packed, origin, cookie: "mia", act, given: { proxy: proxyOf(), agent, message } });
    must(id === agent && name === "Changed by a page", `the agent is ${id}, ${name}`);
    must(contents.every((content) => content === message.content), `the answers have ${contents}`);
    const messages = await endpoint("/deliveries");
    must(messages.length === 1, `a key was used twice, and ${messages.length} messages went out`);
  },

  async "a page without the cookie is told that it has to sign in"({ proxyOf, world, packed, origin }) {
    const act = (Centerfy, { proxy, agent }) => new Centerfy({ proxy }).getAgent(agent).catch(({ code }) => code);
    const code = await inPage({ packed, origin, act, given: { proxy: proxyOf(), agent: world.agents[0].id } });
    must(code === "authentication", `it is told ${JSON.stringify(code)}`);
  },

  async "a page of a named origin sends a header of its own"({ proxyOf, world, packed, origin, elsewhere }) {
    const act = async (Centerfy, { proxy, agent, message }) => {
      const withSession = (url, init) => fetch(url, { ...init, headers: { ...init.headers, "x-session": "mia" } });
      const client = new Centerfy({ proxy, fetch: withSession });
      await client.updateAgent(agent, { name: "Changed from elsewhere" });
      const { content } = await client.sendMessage(message);
      const nobody = await client.getAgent("00000000-0000-4000-8000-000000000000").catch(({ code, requestId }) => ({ code, requestId }));
      return { content, ...nobody };
    };
    const given = { proxy: origin + proxyOf(""), agent: world.agents[0].id, message: messageTo(world.contacts[0], "From elsewhere") };
    const { content, code, requestId } = await inPage({ packed, elsewhere, act, given });
    must(content === "From elsewhere" && code === "not_found" && requestId, `it got ${content}, ${code}, ${requestId}`);
  },
};

/** A request like one of a page of the mount's origin. */
const asked = ({ origin, wire, proxyOf }) => (method, path, { headers, body, credentials = { cookie: "session=mia" } } = {}) => {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const all = { ...length, origin, "sec-fetch-site": "same-origin", ...credentials, ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return wire.ask(method, proxyOf(path), sent, body);
};

const agentOf = ({ world }) => `get-agent/${world.agents[0].id}`;

const requests = {
  async "a read without an origin, as a script of a server sends it"(site) {
    const { wire, proxyOf } = site;
    answers(await wire.ask("GET", proxyOf(agentOf(site)), { cookie: "session=mia" }), 200);
  },

  async "another origin is refused"(site) {
    const headers = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    const answer = await asked(site)("GET", agentOf(site), { headers });
    answers(answer, 403);
    isOfProxy(answer);
    const { refusal } = site.control.heard;
    await until(() => refusal.some(({ message }) => message.includes(headers.origin)), "onRefusal hears of the origin");
  },

  async "404 for what is not there"(site) {
    const ask = asked(site);
    for (const path of ["nothing", `get-agent/${NO_AGENT}`]) {
      const answer = await ask("GET", path);
      answers(answer, 404);
      isOfProxy(answer);
    }
  },

  async "415 for a body of another type"(site) {
    const { status, text } = await asked(site)("POST", "send-message", { headers: { "content-type": "text/plain" }, body: "Hello" });
    answers({ status, text }, 415);
  },

  async "400 for broken JSON"(site) {
    answers(await asked(site)("POST", "send-message", { headers: JSON_TYPE, body: '{"content": ' }), 400);
  },

  async "413 for a body of 70 KB"(site) {
    answers(await asked(site)("POST", "send-message", { headers: JSON_TYPE, body: fieldOf(70 * KIB) }), 413);
  },

  async "a refused POST of 200 KB, and a request on the same connection"(site) {
    const ask = asked(site);
    const body = fieldOf(200 * KIB);
    const refused = [
      [404, "nothing", JSON_TYPE],
      [403, `make-ai-call/${NO_AGENT}`, JSON_TYPE],
      [413, "send-message", JSON_TYPE],
      [415, "send-message", { "content-type": "text/plain" }],
    ];
    for (const [status, path, headers] of refused) {
      // A parser in front may have its own limit.
      answers(await ask("POST", path, { headers, body }), status, 413);
      answers(await ask("GET", agentOf(site)), 200);
    }
  },
};

/** The headers of a request of the page's own origin in a browser without `sec-fetch-site`. */
const withoutSite = { ...JSON_TYPE, "sec-fetch-site": undefined };

const keeping = {
  async "the host is compared with the origin, for browsers without sec-fetch-site"(site) {
    const body = JSON.stringify({ name: "Changed by an old browser" });
    answers(await asked(site)("PUT", `update-agent/${site.world.agents[0].id}`, { headers: withoutSite, body }), 200);
  },
};

/** A reverse proxy that sends another Host. */
const rewriting = {
  async "where the host is rewritten, a browser without sec-fetch-site is told why it is refused"(site) {
    const body = JSON.stringify({ name: "Changed by an old browser" });
    const answer = await asked(site)("PUT", `update-agent/${site.world.agents[0].id}`, { headers: withoutSite, body });
    answers(answer, 403);
    for (const word of [site.origin, new URL(site.behind).host, "`origins`"]) {
      must(answer.text.includes(word), `the text does not name ${word}: ${answer.text}`);
    }
  },
};

/** A body that a parser has read without passing it to the proxy. */
const consumed = {
  async "onError hears that the body was read before, and what to pass on"(site) {
    const body = JSON.stringify(messageTo(site.world.contacts[0], "Read before"));
    answers(await asked(site)("POST", "send-message", { headers: JSON_TYPE, body }), 500);
    const { message } = await until(() => site.control.heard.error[0], "onError hears of it");
    must(message.includes("read before") && message.includes("{ body }"), `it hears ${message}`);
    answers(await asked(site)("GET", agentOf(site)), 200);
  },
};

const cleaned = {
  async "a header that a middleware deletes is not seen"(site) {
    answers(await asked(site)("GET", agentOf(site), { headers: { "x-user": "admin" }, credentials: {} }), 401);
  },
};

/** Sends a message whose slot is held back, and disconnects before the slot is granted. */
const leave = async ({ origin, proxyOf, world, connectAnew, control, isReset }, content) => {
  const held = control.hold();
  const wire = await connectAnew();
  const body = JSON.stringify(messageTo(world.contacts[0], content));
  const headers = { ...JSON_TYPE, origin, "sec-fetch-site": "same-origin", cookie: "session=mia", "idempotency-key": `"${content}"` };
  const request = wire.begin("POST", proxyOf("send-message"), headers, body);
  await until(() => held.held.asked, "the message waits for its slot");
  wire.leave(request, isReset);
  wire.close();
  return held;
};

const sentOf = async (endpoint, content) => (await endpoint("/deliveries")).filter(({ request }) => request.content === content).length;

const leaving = {
  async "a caller who disconnects while queued: nothing is sent"(site) {
    const held = await leave(site, "left-alone");
    await until(() => held.held.left, "the proxy gives up the slot");
    held.open();
    answers(await asked(site)("GET", agentOf(site)), 200);
    must((await sentOf(site.endpoint, "left-alone")) === 0, "the message went out");
  },
};

/** The behavior of servers that do not report disconnects, as in docs/proxy.md. */
const staying = {
  async "a caller who disconnects while queued: this server does not tell, and the message is sent"(site) {
    const held = await leave(site, "left-alone");
    answers(await asked(site)("GET", agentOf(site)), 200);
    must(!held.held.left, "it tells: docs/proxy.md says that it does not");
    held.open();
    await until(() => sentOf(site.endpoint, "left-alone"), "the message is sent");
  },
};

const failing = {
  async "onError hears why, and the caller does not"(site) {
    const { endpoint, control } = site;
    await endpoint("/faults", { operation: "getAgent", type: "answer", status: 500, body: { error: true, message: "at 10.0.0.7" } });
    const { status, text } = await asked(site)("GET", agentOf(site));
    answers({ status, text }, 500);
    const trouble = await until(() => control.heard.error.find(({ operation }) => operation === "getAgent"), "onError hears of it");
    must(trouble.status === 500 && trouble.subject === "mia", `it hears ${JSON.stringify(trouble)}`);
  },

  async "429 with retry-after"(site) {
    const { endpoint } = site;
    await endpoint("/faults", { operation: "getAgent", type: "answer", status: 429, headers: { "retry-after": "1" }, body: { error: true, message: "Slow" } });
    const { status, text, headers } = await asked(site)("GET", agentOf(site));
    answers({ status, text }, 429);
    must(headers["retry-after"] === "1", `retry-after is ${headers["retry-after"]}`);
  },
};

const wholeSuite = ({ tells = true, cleans = false, keepsHost = true }) => ({
  ...pages,
  ...requests,
  ...(keepsHost ? keeping : rewriting),
  ...(cleans ? cleaned : {}),
  ...(tells ? leaving : staying),
  ...failing,
});

const stepsOf = (mount) => (mount.consumed ? consumed : wholeSuite(mount));

/** Runs all steps. Resolves to their number, and rejects with all failures together. */
export const runSuite = async (mount, { sandbox, world, ...site }) => {
  const ofSandbox = controlOf(sandbox);
  const endpoint = (path, body) => ofSandbox(body === undefined ? "GET" : "POST", `/${world.api_key}${path}`, body);
  const slash = mount.slashes ? "/" : "";
  /** The URL of a path, or the `proxy` of a client. A page of another origin needs the trailing slash. */
  const proxyOf = (path) => (path ? `${mount.path}/${path}${slash}` : path === "" ? mount.path + slash : mount.path);
  const steps = Object.entries(stepsOf(mount));
  const failed = [];
  for (const [name, step] of steps) {
    const wire = await site.connectAnew();
    try {
      await step({ ...site, wire, world, endpoint, proxyOf });
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    } finally {
      wire.close();
    }
  }
  if (failed.length) throw new Error([`${failed.length} of ${steps.length} steps fail`, ...failed].join("\n"));
  return steps.length;
};
