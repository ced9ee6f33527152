// A recording plays for two hours of the sandbox's time, over URLs that expire every hour, in each browser that is
// installed.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browsers, look } from "../runtimes/support/browsers.mjs";
import { wav } from "./recordings.mjs";

const require = createRequire(join(process.env.CENTERFY_PACKAGE, "x.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Centerfy } = await load("centerfy");
const { createProxy } = await load("centerfy/proxy");
const { toNodeHandler } = await load("centerfy/proxy/node");
const { createSandbox } = await load("centerfy/sandbox");
const folder = dirname(require.resolve("centerfy/package.json"));

/** How much faster the clocks of the sandbox and of the page are: an hour is 20 seconds. */
const SPEED = 180;
const PAGE = `<!doctype html><link rel="icon" href="data:,"><audio muted></audio>
<script type="importmap">{ "imports": { "centerfy": "/pkg/index.js", "centerfy/recordings": "/pkg/recordings/index.js" } }</script>
<script type="module" src="/page.mjs"></script>`;
const script = await readFile(new URL("two-hours-page.mjs", import.meta.url));

/** The id of a call with a recording whose URL expires: those of older recordings do not. */
async function expiring(sandbox) {
  const client = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch });
  for (const { call_id } of sandbox.calls().filter(({ recording }) => recording)) {
    if ((await client.getCallRecording(call_id)).expires_in_seconds === 3600) return call_id;
  }
  throw new Error("no URL expires");
}

/** A sandbox with a proxy, whose recording is long, on a server. */
async function serve(t, longestPiece) {
  const sandbox = await createSandbox({ now: 0 });
  const startedAt = performance.now();
  let moved = 0;
  /** The sandbox, at the time that it is now. */
  const atNow = (...request) => {
    const ms = Math.floor((performance.now() - startedAt) * SPEED) - moved;
    moved += ms;
    sandbox.advance(ms);
    return sandbox.fetch(...request);
  };
  const call_id = await expiring(sandbox);
  const path = "/api/centerfy";
  const proxy = toNodeHandler(createProxy({
    apiKey: sandbox.apiKey,
    path,
    allow: ["getCallRecording"],
    authorize: () => "mia",
    rateLimit: false,
    // The storage of the recordings is on the page's server.
    fetch: async (...request) => {
      const answer = await (await atNow(...request)).json();
      if (answer.recording_url) answer.recording_url = `/storage?${new URLSearchParams({ url: answer.recording_url })}`;
      return Response.json(answer);
    },
  }));
  const sound = wav(190);
  const state = { rejected: 0, loaded: 0 };
  const storage = async (url, request, response) => {
    // The sandbox decides whether the URL is still valid.
    const { status } = await atNow(url);
    if (status !== 200) {
      state.rejected++;
      return response.writeHead(status).end();
    }
    state.loaded++;
    const [, from = "0", to = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
    const end = Math.min(to ? Number(to) + 1 : sound.length, Number(from) + longestPiece);
    response.writeHead(206, {
      "content-type": "audio/wav",
      "accept-ranges": "bytes",
      "content-range": `bytes ${from}-${end - 1}/${sound.length}`,
      "content-length": end - Number(from),
    });
    response.end(sound.subarray(Number(from), end));
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://page.test");
    if (pathname === "/") return response.setHeader("content-type", "text/html").end(PAGE);
    if (pathname.startsWith(path)) return proxy(request, response);
    if (pathname === "/storage") return storage(searchParams.get("url"), request, response);
    if (pathname === "/seen") return response.end(void (state.seen = Object.fromEntries(searchParams)));
    const isPage = pathname === "/page.mjs";
    if (!isPage && !pathname.startsWith("/pkg/")) return response.writeHead(404).end();
    response.setHeader("content-type", "text/javascript").end(isPage ? script : await readFile(join(folder, pathname.slice(5))));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/?speed=${SPEED}&call=${call_id}`, state };
}

/**
 * The most bytes that the storage sends at once: a few, so that the element makes requests for as long as it plays.
 * WebKitGTK requests the rest of the sound, and takes what it receives for all of it.
 */
const PIECES = { chromium: 64_000, firefox: 64_000, webkit: Infinity };

const found = Object.fromEntries(
  await Promise.all(Object.entries(browsers).map(async ([name, browser]) => [name, await browser.find().catch(() => undefined)])),
);

describe("two hours without a gap of more than a second", { concurrency: Object.keys(browsers).length }, () => {
  for (const [name, browser] of Object.entries(browsers)) {
    test(browser.title, { skip: found[name] ? false : `no ${name} here` }, async (t) => {
      const { url, state } = await serve(t, PIECES[name]);
      await look(browser, url, { seconds: 90 });
      const { seen, ...storage } = state;
      t.diagnostic(JSON.stringify({ ...seen, ...storage }));
      assert.ok(storage.loaded >= 3, "every URL is used");
    });
  }
});
