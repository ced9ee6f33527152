// The table of faults (tests/node/faults.mjs) in Chromium, from a page of another origin than the
// API: attempts, code and maybeDelivered are the same as in Node.js.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { portableSamples } from "../support/portable.mjs";

const sandbox = (process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787").replace(/\/$/, "");
const tests = fileURLToPath(new URL("..", import.meta.url));
const files = {
  "/index.js": join(process.env.CENTERFY_PACKAGE ?? "", "node_modules/centerfy/index.js"),
  // The table and its imports.
  "/node/faults.mjs": join(tests, "node/faults.mjs"),
  "/support/control.mjs": join(tests, "support/control.mjs"),
};

const samples = await portableSamples();
const scriptOf = (url) => (url === "/support/samples.mjs" ? samples : files[url] && readFile(files[url]));

const pages = createServer(async (request, response) => {
  const script = await scriptOf(request.url);
  response.setHeader("content-type", script ? "text/javascript" : "text/html");
  response.end(script ?? "<!doctype html><title>Faults</title><link rel=icon href=data:,>");
});
const origin = await listen(pages);

function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

// Chromium resends a request, even a POST, when a reused connection is reset without a response. No
// page can see or prevent that. To count only the client's own attempts, the page reaches the sandbox
// through a server that accepts one request per connection.
const gate = createServer((request, response) => {
  const { method, url, headers } = request;
  const reset = () => request.socket.resetAndDestroy();
  const onward = ask(sandbox + url, { method, headers, agent: false }, (answer) => {
    answer.on("error", reset);
    response.writeHead(answer.statusCode, { ...answer.headers, connection: "close" });
    response.flushHeaders();
    answer.pipe(response);
  });
  onward.on("error", reset);
  request.pipe(onward);
  response.on("close", () => onward.destroy());
});
const api = await listen(gate);

// A URL at which no server listens.
const closed = createServer();
const refused = await listen(closed);
closed.close();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: (process.env.CHROMIUM_FLAGS ?? "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-dev-shm-usage").split(/\s+/).filter(Boolean),
});
after(async () => {
  await browser.close();
  pages.close();
  gate.close();
});

test("each fault × each operation, in a page", { timeout: 180_000 }, async () => {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(origin);
  // A browser opens at most six connections to a host; stalled ones must not block the others.
  const { lines, total } = await page.evaluate(
    async (where) => {
      const { Centerfy, CenterfyError } = await import("/index.js");
      const { table } = await import("/node/faults.mjs");
      return table({ Centerfy, CenterfyError, ...where }, 4);
    },
    { sandbox: api, refused },
  );
  assert.ok(total > 200);
  assert.deepEqual(lines, []);
  assert.deepEqual(problems, []);
});
