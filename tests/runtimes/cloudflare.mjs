/**
 * Cloudflare Workers: bundled by wrangler as for a deployment, without any configuration, and run
 * in workerd. No `nodejs_compat`, a client at the top level of the module.
 */
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { controlOf } from "../support/control.mjs";
import { binaryOf } from "./node.mjs";
import { runTool } from "./support/programs.mjs";
import { makeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

/** A fixed date, so that all runs are the same. It must not be later than workerd's own. */
const COMPATIBILITY_DATE = "2026-01-01";

/** Makes a project of a Worker, and bundles it with wrangler. */
export const bundle = async (context, name, files) => {
  const project = await makeProject(context, name, { "worker.mjs": "app/worker-cloudflare.mjs", ...files });
  const home = join(project, "home");
  const flags = ["--name=centerfy", `--compatibility-date=${COMPATIBILITY_DATE}`, "--dry-run", "--outdir=dist"];
  await runTool("cloudflare", "wrangler/bin/wrangler.js", ["deploy", "worker.mjs", ...flags], project, {
    // wrangler requires a newer Node.js than this may be.
    node: await binaryOf("22"),
    env: { HOME: home, XDG_CONFIG_HOME: home, WRANGLER_SEND_METRICS: "false" },
  });
  return project;
};

/** The modules that wrangler made: the script, which has to come first, and the wasm. */
const modulesOf = async (folder) => {
  const wasm = (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
  const names = ["worker.js", ...wasm];
  return Promise.all(
    names.map(async (path) => ({
      type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
      path,
      contents: await readFile(join(folder, path)),
    })),
  );
};

/** Starts the Worker of a bundled project. `more` are options of Miniflare, or a function of the Worker's that returns them. */
export const ofModules = async (project, more) => {
  const require = createRequire(join(await npm("cloudflare"), "miniflare/package.json"));
  const { Miniflare } = require("miniflare");
  const worker = { modules: await modulesOf(join(project, "dist")), compatibilityDate: COMPATIBILITY_DATE };
  return new Miniflare(typeof more === "function" ? more(worker) : { ...worker, ...more });
};

const json = async (response) => {
  const text = await response.text();
  if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${text}`);
  return JSON.parse(text);
};

/**
 * Requests that share a client share its queue, too. The one that wakes the others may end long before
 * them, and its end must not end them.
 */
const atOnce = async (worker, sandbox, apiKey) => {
  const control = controlOf(sandbox);
  const { agents, calls } = await control("GET", `/${apiKey}`);
  const slow = { operation: "getCallRecording", type: "delay", ms: 400, times: null };
  await control("POST", `/${apiKey}/faults`, slow);
  const [{ id }, { call_id }] = [agents[0], calls.find((call) => call.recording)];
  const operations = ["getAgent", "getAgent", "getAgent", "getCallRecording", "getCallRecording", "getAgent"];
  const answers = operations.map(async (operation) => {
    const wanted = operation === "getAgent" ? id : call_id;
    const answer = await json(await worker.dispatchFetch(`http://worker/${operation}/${wanted}`));
    if ((answer.id ?? answer.call_id) !== wanted) throw new Error(`${operation} got ${JSON.stringify(answer)}`);
  });
  await Promise.all(answers);
  return answers.length;
};

export const versions = async () => {
  const modules = await npm("cloudflare");
  return `wrangler ${await versionOf(modules, "wrangler")}, workerd ${await versionOf(modules, "workerd")}`;
};

const workerd = {
  name: "workerd",
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name);
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const worker = await ofModules(project);
    try {
      const steps = passed(await json(await worker.dispatchFetch("http://worker/check")));
      return `fetch ${steps} steps, ${await atOnce(worker, context.sandbox, apiKey)} requests at once`;
    } finally {
      await worker.dispose();
    }
  },
};

/** Since 2024-10-14 a promise that another request resolves continues in the request that waits for it. */
const DATES = ["2024-09-01", COMPATIBILITY_DATE];
const KEPT_LIMIT = { requests: 1, perMs: 1_500 };
/** A request without a response after this time, in milliseconds, would wait forever. */
const PATIENCE_MS = 30_000;

const inTime = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} was not answered`)), PATIENCE_MS)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** One slot is taken; A, B and a request that disconnects are queued. A and B get responses when their slots are free. */
const keepOne = async (worker, kind, { control, key }) => {
  const { agents: [{ id }] } = await control("GET", `/${key}`);
  const url = new URL(`/${kind}/${id}`, await worker.ready);
  const get = async (what, options) => {
    const answer = await json(await inTime(fetch(url, options), what));
    if (answer.id !== id) throw new Error(`${what} got ${JSON.stringify(answer)}`);
  };
  await get("the first");
  const controller = new AbortController();
  const left = fetch(url, { signal: controller.signal }).catch(() => {});
  const waiting = ["A", "B", "C"].map((name) => get(`${kind}: ${name}`));
  await new Promise((resolve) => setTimeout(resolve, KEPT_LIMIT.perMs / 3));
  controller.abort();
  await Promise.all([left, ...waiting]);
  const times = (await control("GET", `/${key}/log`)).map(({ at_ms }) => at_ms);
  const tooSoon = times.findIndex((at, i) => i > 0 && at - times[i - 1] < KEPT_LIMIT.perMs);
  if (tooSoon > 0) throw new Error(`${kind}: ${times[tooSoon - 1]} and ${times[tooSoon]} are in one window`);
  return times.length;
};

/** One client for the isolate: no request waits for work of another one, which ends with that request. */
const keptInWorkerd = {
  name: "kept-workerd",
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const control = controlOf(context.sandbox);
    let requests = 0;
    for (const compatibilityDate of DATES) {
      const keys = { top: (await control("POST", "")).api_key, lazy: (await control("POST", "")).api_key };
      const settings = { apiKey: keys.top, otherKey: keys.lazy, rateLimit: KEPT_LIMIT, sandbox: context.sandbox };
      const text = Object.entries(settings).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join("");
      const files = { "worker.mjs": "app/worker-kept.mjs", "kept.mjs": `text:${text}` };
      const project = await bundle(context, `${this.name}-${compatibilityDate}`, files);
      const worker = await ofModules(project, { compatibilityDate });
      try {
        for (const [kind, key] of Object.entries(keys)) requests += await keepOne(worker, kind, { control, key });
      } finally {
        await worker.dispose();
      }
    }
    return `${requests} requests with a client kept, made at the top level and at the first request, before and after 2024-10-14`;
  },
};

/** The span trees of centerfy/otel. */
const spansInWorkerd = {
  name: "spans-workerd",
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name, { "worker.mjs": "app/worker-spans.mjs", "spans.mjs": "app/spans.mjs" });
    const worker = await ofModules(project, {});
    try {
      return `${passed(await json(await worker.dispatchFetch("http://worker/")))} span trees`;
    } finally {
      await worker.dispose();
    }
  },
};

export const setups = [workerd, keptInWorkerd, spansInWorkerd];
