/** Pages for browsers: a file server, and an endpoint for their reports. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

const listen = async (server) => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
};

/** The strictest policy for scripts that allows wasm. */
const POLICY = "script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves a folder below `prefix`, with a policy for scripts. It is a header, not only in the page,
 * because workers go by the headers of their own script.
 */
export const serveFolder = (folder, prefix = "/", policy = POLICY) =>
  listen(
    createServer(async (request, response) => {
      const { pathname } = new URL(request.url, "http://127.0.0.1");
      const path = normalize(decodeURIComponent(pathname)).slice(prefix.length) || "index.html";
      const body = pathname.startsWith(prefix) && (await readFile(join(folder, path)).catch(() => undefined));
      response.writeHead(body ? 200 : 404, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "content-security-policy": policy,
        "cache-control": "no-store",
      });
      response.end(body || "not there");
    }),
  );

/** Receives one report of a page, whatever its origin. */
export const takeReport = async () => {
  let resolve;
  const report = new Promise((done) => (resolve = done));
  const server = await listen(
    createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
      response.writeHead(204, { "access-control-allow-origin": "*" }).end();
      if (request.method === "POST") resolve(JSON.parse(text));
    }),
  );
  return { report, ...server };
};
