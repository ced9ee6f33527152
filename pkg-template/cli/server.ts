/** The sandbox behind Node's HTTP server. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Handler } from "../sandbox/generated/module.js";
import { load } from "../sandbox/load.js";
import { HOST, UsageError, type SandboxArguments } from "./arguments.js";
import { Exchange } from "./exchange.js";
import { type StaticDirectory, file } from "./files.js";
import { PACKAGE } from "./package.js";

/** The length of the queue of pending connections: tests open thousands at once. */
const BACKLOG = 4096;

export interface ServerOptions extends Omit<SandboxArguments, "host" | "settings">, Partial<Pick<SandboxArguments, "host" | "settings">> {
  /** Directories to serve besides the API, the longest path first. */
  directories: StaticDirectory[];
}

/** The server cannot listen on the port. The message is for the user. */
export class ListenError extends Error {}

/** Starts the server. Returns its URL, without a trailing slash. */
export async function start({ port, host = HOST, seed, quiet, settings = [], directories }: ServerOptions): Promise<string> {
  await load(() => Uint8Array.from(readFileSync(`${PACKAGE}sandbox/sandbox.wasm`)));
  const chosen = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const handler = handlerOf(chosen, settings);
  const log = quiet ? () => {} : (line: string) => void process.stderr.write(`${line}\n`);
  // No timeouts: a test decides how long a request takes.
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, noDelay: true }, (request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    // The page at `/` takes precedence over the sandbox's welcome page.
    const isPage = path === "/" && directories.length > 0;
    if (!isPage && Handler.isFor(path)) void new Exchange(handler, request, response, log).run();
    else void file(directories, path, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(port, error)));
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  if (!isLoopback(host)) {
    process.stderr.write(`centerfy: warning: listening on ${host}, so other machines can use the sandbox and its control endpoint\n`);
  }
  return `http://${reachable(host)}:${(server.address() as AddressInfo).port}`;
}

function handlerOf(seed: number, settings: SandboxArguments["settings"]): Handler {
  try {
    return Handler.ofManyOrganizations(seed, settings, Date.now());
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const isLoopback = (host: string): boolean => host === "::1" || host.startsWith("127.");

/** The host for clients on this machine: a wildcard address is replaced by loopback. */
function reachable(host: string): string {
  const address = host.replace(/^0\.0\.0\.0$/, "127.0.0.1").replace(/^[0:]+$/, "::1");
  return address.includes(":") ? `[${address}]` : address;
}

function listenError(port: number, { code, message }: NodeJS.ErrnoException): ListenError {
  if (code === "EADDRINUSE") {
    return new ListenError(`port ${port} is in use; choose another port, or use --port 0 for any free port`);
  }
  return new ListenError(`cannot listen on port ${port}: ${message}`);
}
