// centerfy/recordings in a browser: a real audio element plays across expiring URLs, from a storage
// that rejects expired ones.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { wav } from "./recordings.mjs";
import { openPage } from "./support.mjs";

const folder = dirname(createRequire(join(process.env.CENTERFY_PACKAGE, "x.js")).resolve("centerfy/package.json"));
const LIFETIME_MS = 3_000;
const PAGE = `<!doctype html><link rel="icon" href="data:,"><audio muted></audio>
<script type="importmap">{ "imports": { "centerfy": "/pkg/index.js", "centerfy/recordings": "/pkg/recordings/index.js" } }</script>
<script type="module">
  import { Centerfy } from "centerfy";
  import { recordingUrl } from "centerfy/recordings";
  const audio = document.querySelector("audio");
  const seen = { urls: [], errors: [], restarts: 0, furthest: 0 };
  new MutationObserver(() => seen.urls.push(audio.src)).observe(audio, { attributes: true, attributeFilter: ["src"] });
  audio.addEventListener("timeupdate", () => {
    // If an element restarts, its position decreases.
    if (audio.currentTime && audio.currentTime < seen.furthest - 1) seen.restarts++;
    seen.furthest = Math.max(seen.furthest, audio.currentTime);
  });
  const recording = recordingUrl(new Centerfy({ baseUrl: "/api" }), "c");
  recording.bind(audio, { onError: (error) => seen.errors.push(String(error?.message ?? error)) });
  Object.assign(window, { audio, seen });
</script>`;

/** The page, the API with one recording, and a storage whose URLs expire. */
async function serve(t) {
  const sound = wav(190);
  const issued = [];
  const state = { rejected: 0, issued };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page.test");
    if (pathname === "/") return response.setHeader("content-type", "text/html").end(PAGE);
    if (pathname.startsWith("/pkg/")) {
      return response.setHeader("content-type", "text/javascript").end(await readFile(join(folder, pathname.slice(5))));
    }
    if (pathname.startsWith("/api/")) {
      issued.push(Date.now());
      const recording_url = new URL(`/storage/${issued.length - 1}`, `http://${request.headers.host}`);
      const answer = { call_id: "c", call_sid: "s", recording_url, expires_in_seconds: LIFETIME_MS / 1000 };
      return response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    }
    if (Date.now() - issued[Number(pathname.split("/")[2])] > LIFETIME_MS) {
      state.rejected++;
      return response.writeHead(403).end();
    }
    const [, from = "0", to = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
    // In small pieces, so that the element makes several requests.
    const end = Math.min(to ? Number(to) + 1 : sound.length, Number(from) + 32_000);
    response.writeHead(206, {
      "content-type": "audio/wav",
      "accept-ranges": "bytes",
      "content-range": `bytes ${from}-${end - 1}/${sound.length}`,
      "content-length": end - Number(from),
    });
    response.end(sound.subarray(Number(from), end));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/`, state };
}

const open = async (t) => {
  const { url, state } = await serve(t);
  const { page, errors } = await openPage(t, { api_key: "none" }, { url, ready: false });
  await page.waitForFunction(() => window.audio?.readyState > 0);
  return { page, errors, state, seen: () => page.evaluate(() => window.seen) };
};

test("a playing element gets new URLs and keeps its position", async (t) => {
  const { page, errors, seen } = await open(t);
  await page.evaluate(() => window.audio.play());
  await page.waitForFunction(() => window.seen.urls.length >= 4 && window.seen.furthest > 4, undefined, { timeout: 60_000 });
  const { urls, restarts, errors: failed } = await seen();
  assert.equal(new Set(urls).size, urls.length);
  assert.deepEqual([restarts, failed, errors], [0, [], []]);
  await page.waitForFunction(() => !window.audio.paused);
});

test("an element that is paused until its URL expires resumes at its position", async (t) => {
  const { page, seen } = await open(t);
  await page.evaluate(() => window.audio.play());
  await page.waitForFunction(() => window.audio.currentTime > 1);
  const at = await page.evaluate(() => (window.audio.pause(), window.audio.currentTime));
  const { urls } = await seen();
  await new Promise((resolve) => setTimeout(resolve, LIFETIME_MS + 500));
  assert.deepEqual((await seen()).urls, urls);
  await page.evaluate(() => window.audio.play().catch(() => {}));
  await page.waitForFunction((at) => window.audio.currentTime > at + 1 && !window.audio.paused, at, { timeout: 60_000 });
  const { restarts, errors } = await seen();
  assert.deepEqual([restarts, errors], [0, []]);
});
