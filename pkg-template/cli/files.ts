/** Serves static files for the demo page. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";

/** A URL path with a trailing slash, the directory that is served there, and the index file of its directories. */
export type StaticDirectory = [path: string, directory: string, index?: string];

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** Responds with the file at a path. */
export async function file(directories: StaticDirectory[], path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "Use GET.\n");
  const name = directories.map((directory) => resolve(directory, path)).find((name) => name !== undefined);
  const type = name && TYPES[extname(name)];
  const bytes = type && (await readFile(name).catch(() => undefined));
  if (!type || !bytes) return send(response, 404, "text/plain; charset=utf-8", "No such file.\n");
  send(response, 200, type, bytes);
}

/** The name of a file in the directory; `undefined` for a path that leads out of it. */
function resolve([prefix, directory, index = "index.html"]: StaticDirectory, path: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.endsWith("/") ? path + index : path;
  try {
    const segments = rest.slice(prefix.length).split("/").map(decodeURIComponent);
    const isOutside = segments.some((segment) => segment === ".." || /[/\\\0]/.test(segment));
    return isOutside ? undefined : join(directory, ...segments);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
