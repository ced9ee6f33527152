/** The files of a folder, for the demo page. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";

/** A path, with a slash at the end, the folder whose files are below it, and the file that stands for a folder. */
export type Folder = [path: string, folder: string, index?: string];

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** Answers with the file that a path names. */
export async function file(folders: Folder[], path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, "text/plain", "Use GET.\n");
  const place = folders.map((folder) => inside(folder, path)).find((place) => place !== undefined);
  const type = place && TYPES[extname(place)];
  const bytes = type && (await readFile(place).catch(() => undefined));
  if (!type || !bytes) return send(response, 404, "text/plain; charset=utf-8", "There is nothing at this path.\n");
  send(response, 200, type, bytes);
}

/** The file below a folder; a path that climbs out of it names none. */
function inside([prefix, folder, index = "index.html"]: Folder, path: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.endsWith("/") ? path + index : path;
  try {
    const segments = rest.slice(prefix.length).split("/").map(decodeURIComponent);
    const climbs = segments.some((segment) => segment === ".." || /[/\\\0]/.test(segment));
    return climbs ? undefined : join(folder, ...segments);
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
