// The layout, tabs and storage in Firefox. No tool here drives it, so a page of the test loads the demo
// page in frames of several sizes, checks it, and reports.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { controlOf } from "../support/control.mjs";
import { browsers, look } from "../runtimes/support/browsers.mjs";

const demo = new URL(process.env.CENTERFY_DEMO ?? process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787/");
const found = await browsers.firefox.find().catch(() => undefined);
const checks = await readFile(new URL("checks.mjs", import.meta.url), "utf8");
const harness = await readFile(new URL("firefox-page.mjs", import.meta.url), "utf8");
const { api_key: key } = await controlOf(demo.origin)("POST", "", {});
const FILES = {
  "/test/key": ["text/plain", key],
  "/test/": ["text/html", '<!doctype html><title>Firefox</title><iframe title="The page"></iframe><script type="module" src="firefox-page.mjs"></script>'],
  "/test/firefox-page.mjs": ["text/javascript", harness],
  "/test/checks.mjs": ["text/javascript", checks],
};

let isLong = false;
/** Unbreakable words in the names and messages of a conversation. */
const LONG = "https://example.com/".padEnd(300, "unbroken");
function lengthened(answer) {
  Object.assign(answer.contact, { name: LONG, phone: LONG, email: LONG });
  answer.messages.forEach((message, index) => { message.content = index % 3 === 0 ? "Short" : LONG; });
  return answer;
}

/** The test's files and the demo page on one origin, so that the test can access the page. */
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, demo);
  if (pathname === "/test/long" || pathname === "/test/short") isLong = pathname === "/test/long";
  const [type, file] = FILES[pathname] ?? [];
  if (pathname.startsWith("/test/")) return void response.writeHead(200, { "content-type": type ?? "text/plain" }).end(file);
  const chunks = await request.toArray();
  const headers = Object.fromEntries(["authorization", "x-api-key", "content-type"].filter((name) => request.headers[name]).map((name) => [name, request.headers[name]]));
  const answer = await fetch(new URL(request.url, demo), { method: request.method, headers, ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}) });
  const bytes = isLong && pathname.includes("/get-contact-messages/") && answer.ok ? JSON.stringify(lengthened(await answer.json())) : Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" }).end(bytes);
});
await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
after(() => {
  server.closeAllConnections();
  server.close();
});

test("Firefox: nothing overflows, the thread scrolls, addresses work, and a tab keeps its own state", { skip: found ? false : "no Firefox here" }, async (t) => {
  const said = await look(browsers.firefox, `http://127.0.0.1:${server.address().port}/test/`, { seconds: 120 });
  t.diagnostic(said);
  assert.match(said, /page \d+/);
});
