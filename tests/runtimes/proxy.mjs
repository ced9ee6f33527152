/**
 * `centerfy/proxy` and `centerfy/durable` in workerd, with a real Durable Object on a disk: the stores'
 * suite, an object that is killed and started again, and the attacks on the proxy. And browsers behind a
 * proxy whose connections are reset.
 */
import { once } from "node:events";
import { mkdtemp, readFile, readdir, readlink } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { attack, attacks } from "../proxy/attacks.mjs";
import { PATH } from "../proxy/app.mjs";
import { controlOf } from "../support/control.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { makeProject } from "./support/project.mjs";

const FILES = {
  "worker.mjs": "app/worker-proxy.mjs",
  "app.mjs": "../proxy/app.mjs",
  "stores-suite.mjs": "../stores/suite.mjs",
};

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

const runSuite = async (worker) => {
  const results = await (await worker.dispatchFetch("http://worker/suite")).json();
  const wrong = results.filter(({ error }) => error);
  must(!wrong.length, wrong.map(({ name, error }) => `${name}: ${error}`).join("\n"));
  return results.length;
};

const records = async (worker, ...step) =>
  (await worker.dispatchFetch("http://worker/records", { method: "POST", body: JSON.stringify(step) })).json();

const beginning = { owner: "one", fingerprint: "f", leaseMs: 60_000, keepMs: 60_000, sinceMs: 0 };
const another = { ...beginning, owner: "another" };

const begin = async (worker) => {
  await records(worker, "begin", "answered", beginning);
  await records(worker, "finish", "answered", beginning.owner, '"answer"');
  await records(worker, "begin", "running", beginning);
  await records(worker, "begin", "unfinished", { ...beginning, leaseMs: 1 });
  await records(worker, "begin", "forgotten", beginning);
  await records(worker, "forget", "forgotten", beginning.owner);
};

/** All of workerd was killed meanwhile. */
const remembers = async (worker) => {
  const answered = await records(worker, "read", "answered", { ...another, sinceMs: 5 });
  must(answered.state === "done" && answered.answer === '"answer"', `the record became ${JSON.stringify(answered)}`);
  const states = { running: "running", unfinished: "unknown", forgotten: "new", other: "new" };
  for (const [key, expected] of Object.entries(states)) {
    const { state } = await records(worker, "begin", key, another);
    must(state === expected, `the record "${key}" became ${state}`);
  }
};

/** Whether a process has something open below a folder. */
const hasOpen = async (pid, folder) => {
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const paths = await Promise.all(handles.map((handle) => readlink(`/proc/${pid}/fd/${handle}`).catch(() => "")));
  return paths.some((path) => path.startsWith(folder));
};

/** The peak memory of the workerd whose objects are in a folder, in MiB. Others run at the same time. */
const peakOfWorkerd = async (objects) => {
  const peaks = [0];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    if (!status.startsWith("Name:\tworkerd") || !(await hasOpen(pid, objects))) continue;
    peaks.push(Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
  }
  return Math.max(...peaks);
};

/** The maximum growth of memory: one attack is a body of 100 MB, which must not be buffered. */
const MOST_GROWTH = 64;

/** No attack reaches the API; a valid request does. */
const attackAll = async (worker, { apiKey }, { sandbox, objects }) => {
  const url = (await worker.ready).href;
  const control = controlOf(sandbox);
  const before = await peakOfWorkerd(objects);
  const results = await Promise.all(attacks.map(async ([name, request, statuses]) => [name, statuses, await attack(request, url)]));
  const growth = (await peakOfWorkerd(objects)) - before;
  must(before > 0 && growth < MOST_GROWTH, `workerd grew by ${growth.toFixed()} MiB from ${before.toFixed()}`);
  for (const [name, statuses, { status, text }] of results) {
    must(statuses.includes(status), `${name}: ${status} and not ${statuses}: ${text.slice(0, 300)}`);
    must(!text.includes(apiKey) && !/10\.0\.0\.7|\.mjs|\.js:/.test(text), `${name}: ${text}`);
  }
  const log = () => control("GET", `/${apiKey}/log`);
  const reached = await log();
  must(!reached.length, `an attack reached the API: ${JSON.stringify(reached)}`);
  const { agents } = await control("GET", `/${apiKey}`);
  const right = { head: [`GET ${PATH}/get-agent/${agents[0].id} HTTP/1.1`, "cookie: session=mia"], body: "" };
  const { status, text } = await attack(right, url);
  must(status === 200 && (await log()).length === 1, `what is right: ${text}`);
  return `${results.length} attacks (${growth.toFixed()} MiB)`;
};

const proxyInWorkerd = {
  name: "proxy-workerd",
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name, FILES);
    const world = await import(pathToFileURL(join(project, "world.mjs")));
    const objects = await mkdtemp(join(context.folder, "objects-"));
    const options = {
      durableObjects: { CENTERFY: { className: "CenterfyObject", useSQLite: true } },
      durableObjectsPersist: objects,
    };
    let worker = await ofModules(project, options);
    try {
      const passed = await runSuite(worker);
      await begin(worker);
      await worker.dispose();
      worker = await ofModules(project, options);
      await remembers(worker);
      const refused = await attackAll(worker, world, { sandbox: context.sandbox, objects });
      return `${passed} tests of a store, killed and started again, ${refused}`;
    } finally {
      await worker.dispose();
    }
  },
};

/** A site with a proxy that resets the connection instead of the first response to a POST. */
const startSite = async (project, { apiKey, sandbox }) => {
  const require = createRequire(join(project, "x.js"));
  const { createProxy } = require("centerfy/proxy");
  const { toNodeHandler } = require("centerfy/proxy/node");
  const allow = ["getAgent", "makeAiCall"];
  const handler = toNodeHandler(createProxy({ apiKey, baseUrl: `${sandbox}/functions/v1/crm-api`, path: PATH, allow, authorize: () => "mia" }));
  const world = await controlOf(sandbox)("GET", `/${apiKey}`);
  let posts = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    if (pathname.startsWith(PATH)) {
      if (request.method === "POST" && ++posts === 1) response.end = () => request.socket.resetAndDestroy();
      return handler(request, response);
    }
    if (pathname === "/world.json") return response.end(JSON.stringify({ world }));
    const type = pathname.endsWith("js") ? "text/javascript" : "text/html; charset=utf-8";
    const body = await readFile(join(project, pathname === "/" ? "index.html" : pathname)).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { "content-type": type }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    posts: () => posts,
    close: () => (server.closeAllConnections(), server.close()),
  };
};

/** A page behind a proxy, in a browser that may repeat a POST by itself. */
const behindProxy = ([name, browser]) => ({
  name: `proxy-${name}`,
  needs: { debian: browser.debian },
  version: () => versionOf(browser),
  async test(context) {
    const files = { "index.html": "app/index.html", "main.mjs": "app/page-proxy.mjs", "report.js": "app/report.js" };
    const project = await makeProject(context, this.name, files);
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const site = await startSite(project, { apiKey, sandbox: context.sandbox });
    try {
      const looked = await look(browser, site.url);
      const calls = await controlOf(context.sandbox)("GET", `/${apiKey}/deliveries`);
      must(calls.length === 1, `${calls.length} phones rang`);
      must(site.posts() === 2, `the POST came ${site.posts()} times`);
      return `${looked}; the POST came ${site.posts()} times, one phone rang`;
    } finally {
      site.close();
    }
  },
});

export const setups = [proxyInWorkerd, ...Object.entries(browsers).map(behindProxy)];
