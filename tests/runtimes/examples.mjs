/**
 * The projects in examples/ that have a server or work through a list of people, copied out of the tree and run by
 * their own commands. In the page of a server, a user then presses the button twice, and the demo page's client calls
 * the proxy from its own origin. A list is worked through from beginning to end.
 */
import { cp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { startRedis } from "../stores/redis.mjs";
import { binaryOf } from "./node.mjs";
import { CHROMIUM, browsers, versionOf as browserVersion } from "./support/browsers.mjs";
import { serveFolder } from "./support/pages.mjs";
import { run, serve } from "./support/processes.mjs";
import { here, npm, onPath, versionOf } from "./support/tools.mjs";

const { chromium } = browsers;
const CONTACT = "3df1de47-de0f-45bc-9b7e-88ac0334eca1";
/** The output of the example's own commands. */
const MADE = new Set(["node_modules", ".next", ".wrangler", "dist"]);

const folderOf = (example) => `../../examples/${example}`;

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** The example with the dependencies of its lock file, and the packed package instead of pkg/. */
const copyOf = async ({ folder, packed }, example) => {
  const modules = await npm(folderOf(example));
  const project = join(folder, `example-${example}`);
  await cp(join(here, folderOf(example)), project, { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  // Hard links if possible, which cost nothing.
  const copy = (flags) => run("cp", [flags, modules, join(project, "node_modules")]);
  await copy("-al").catch(() => copy("-R"));
  const centerfy = join(project, "node_modules/centerfy");
  await rm(centerfy, { recursive: true });
  await cp(join(packed, "node_modules/centerfy"), centerfy, { recursive: true });
  return project;
};

/** A button that is pressed twice sends once. */
const pressTwice = async (page, url, isReady) => {
  const open = async () => {
    await page.goto(url);
    await page.waitForFunction(isReady);
  };
  const says = (words) => page.locator("#message output", { hasText: words }).waitFor();
  const send = page.locator("#message button");
  await open();
  await page.fill('[name="content"]', "Without a session");
  await send.click();
  await says("Sign in first.");
  await page.fill('[name="name"]', "mia");
  await page.locator('[action="/login"] button').click();
  await page.waitForURL(url);
  await open();
  await page.fill('[name="content"]', "See you at ten.");
  await send.dblclick();
  await says("Sent: See you at ten.");
};

/** In a page: the demo page's requests with that base URL, in a browser with a session of the example. */
const callFromElsewhere = async ({ proxy, contact }) => {
  const { Centerfy } = await import(new URL("pkg/index.js", location.href).href);
  const withCookie = (url, init) => fetch(url, { ...init, credentials: "include" });
  const conversation = (options) => new Centerfy(options).getContactMessages(contact, { limit: 100 });
  const refused = await conversation({ proxy }).catch(({ code }) => code);
  const { conversation_id } = await conversation({ baseUrl: proxy, fetch: withCookie });
  const client = new Centerfy({ proxy, fetch: withCookie });
  const message = { content: "From the demo page", ai: false, conversation_id, channel: "sms" };
  for (let times = 0; times < 2; times++) await client.sendMessage(message, { idempotencyKey: "demo" });
  const { messages } = await conversation({ proxy, fetch: withCookie });
  return { refused, contents: messages.map(({ content }) => content) };
};

const inBrowser = async (url, demo, isReady) => {
  const playwright = createRequire(join(await npm(".."), "x.js"))("playwright-core");
  const browser = await playwright.chromium.launch({ executablePath: await chromium.find(), args: CHROMIUM });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.stack));
    await pressTwice(page, `${url}/`, isReady);
    await page.goto(`${demo}/page/index.html`);
    const { refused, contents } = await page.evaluate(callFromElsewhere, { proxy: `${url}/api/centerfy`, contact: CONTACT });
    const times = (content) => contents.filter((it) => it === content).length;
    must(refused === "authentication", `without its cookie it is told ${refused}`);
    for (const content of ["See you at ten.", "From the demo page"]) must(times(content) === 1, `${content}: ${times(content)} times`);
    must(!times("Without a session"), "a message without a session went out");
    must(!problems.length, problems.join("\n"));
  } finally {
    await browser.close();
  }
};

/** The example in a folder of its own, its environment, and how many of its own tests passed. */
const tested = async (context, { name, node, debian = [] }) => {
  for (const program of debian) await onPath([program], [program]);
  const project = await copyOf(context, name);
  const path = `${dirname(await binaryOf(node))}:${process.env.PATH}`;
  const env = { PATH: path, HOME: project, NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", CENTERFY_API_KEY: "" };
  const printed = await run("npm", ["test"], { cwd: project, env, seconds: 600 });
  const [, tests] = /^(?:#|ℹ) pass ([1-9]\d*)$/m.exec(printed) ?? [];
  must(tests, `no test passed: ${printed.slice(-2000)}`);
  return { project, env, tests };
};

/** `surroundings` starts other programs that it needs: `{ env, stop }`. `startOf(origin)` returns arguments of its `npm start`. */
const example = (name, { tool, node, debian = [], surroundings, startOf = () => [], ready, isReady = () => true }) => ({
  name: `example-${name}`,
  needs: { npm: [".", "..", folderOf(name)], debian: [...chromium.debian, ...debian] },
  version: async () => `${tool} ${await versionOf(await npm(folderOf(name)), tool)}, ${await browserVersion(chromium)}`,
  async test(context) {
    const { project, env, tests } = await tested(context, { name, node, debian });
    const beside = await surroundings?.();
    // The package's folder with the demo page on a static host.
    const demo = await serveFolder(join(context.packed, "node_modules/centerfy"));
    try {
      const withDemo = { ...env, ...beside?.env, PORT: "0", DEMO_ORIGIN: demo.url };
      const server = await serve("npm", ["start", "--", ...startOf(demo.url)], { cwd: project, env: withDemo, ready, seconds: 120 });
      await inBrowser(server.match[1], demo.url, isReady).finally(server.stop);
      return `${tests} tests; pressed twice, sent once; called from another origin`;
    } finally {
      demo.close();
      await beside?.stop();
    }
  },
});

/** The people in the example's `people.csv`, and options with which they can be reached at any time. */
const PEOPLE = 40;
const LIST = ["people.csv", "--from", "00:00", "--to", "24:00", "--days", "sun,mon,tue,wed,thu,fri,sat"];

const runExample = (name, { tool, node, debian = [], surroundings }) => ({
  name: `example-${name}`,
  needs: { npm: [".", folderOf(name)], debian },
  version: async () => `${tool} ${await versionOf(await npm(folderOf(name)), tool)}`,
  async test(context) {
    const { project, env, tests } = await tested(context, { name, node, debian });
    const beside = await surroundings?.();
    try {
      const printed = await run("npm", ["start", "--", ...LIST], { cwd: project, env: { ...env, ...beside?.env }, seconds: 300 });
      must(printed.includes(`sent: ${PEOPLE}`), `it did not send to all: ${printed.slice(-2000)}`);
      return `${tests} tests; ${PEOPLE} people reached`;
    } finally {
      await beside?.stop();
    }
  },
});

const withRedis = async () => {
  const redis = await startRedis();
  return { env: { REDIS_URL: redis.url }, stop: () => redis.stop() };
};

export const setups = [
  example("express-redis", {
    tool: "express",
    node: "20",
    debian: ["redis-server"],
    surroundings: withRedis,
    ready: /(http:\/\/127\.0\.0\.1:\d+)\n/,
  }),
  example("worker-vite", {
    tool: "wrangler",
    // wrangler requires a newer Node.js than this may be.
    node: "22",
    startOf: (origin) => ["--port", "0", "--inspector-port", "0", "--var", `DEMO_ORIGIN:${origin}`],
    ready: /Ready on (http:\/\/127\.0\.0\.1:[1-9]\d*)/,
  }),
  example("next-route", {
    tool: "next",
    node: "20",
    startOf: () => ["--port", "0"],
    ready: /(http:\/\/127\.0\.0\.1:[1-9]\d*)[\s\S]*Ready/,
    // React has hydrated the form.
    isReady: () => Object.keys(document.querySelector("#message")).some((name) => name.startsWith("__reactProps")),
  }),
  runExample("run-script", { tool: "redis", node: "20", debian: ["redis-server"], surroundings: withRedis }),
  runExample("run-bullmq", { tool: "bullmq", node: "20", debian: ["redis-server"], surroundings: withRedis }),
  // wrangler requires a newer Node.js than this may be.
  runExample("run-workflows", { tool: "wrangler", node: "22" }),
];
