/** The sandbox behind Node's HTTP server. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Handler } from "../sandbox/generated/module.js";
import { load } from "../sandbox/load.js";
import { HOST, Misused, type SandboxArguments } from "./arguments.js";
import { Exchange } from "./exchange.js";
import { type Folder, file } from "./files.js";
import { PACKAGE } from "./package.js";

/** As many connections may wait to be taken; tests open thousands at once. */
const BACKLOG = 4096;

export interface ServerOptions extends Omit<SandboxArguments, "host" | "world">, Partial<Pick<SandboxArguments, "host" | "world">> {
  /** What is served beside the API, the longest path first. */
  folders: Folder[];
}

/** A port that cannot be had, in words for the person who wants it. */
export class CannotListen extends Error {}

/** Starts it; gives its URL, with no slash at the end. */
export async function start({ port, host = HOST, seed, quiet, world = [], folders }: ServerOptions): Promise<string> {
  await load(() => Uint8Array.from(readFileSync(`${PACKAGE}sandbox/sandbox.wasm`)));
  const chosen = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const handler = handlerOf(chosen, world);
  const log = quiet ? () => {} : (line: string) => void process.stderr.write(`${line}\n`);
  // No request is given up but by who sent it.
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, noDelay: true }, (request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    // A page at `/` comes before the welcome.
    const isPage = path === "/" && folders.length > 0;
    if (!isPage && Handler.isFor(path)) void new Exchange(handler, request, response, log).run();
    else void file(folders, path, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  if (!isLoopback(host)) {
    process.stderr.write(`centerfy: warning: it listens on ${host}, so other machines can use it and its control door\n`);
  }
  return `http://${reachable(host)}:${(server.address() as AddressInfo).port}`;
}

function handlerOf(seed: number, world: SandboxArguments["world"]): Handler {
  try {
    return Handler.ofManyOrganizations(seed, world, Date.now());
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

const isLoopback = (host: string): boolean => host === "::1" || host.startsWith("127.");

/** Where a program on this machine reaches it: an address that stands for all of them is none. */
function reachable(host: string): string {
  const address = host.replace(/^0\.0\.0\.0$/, "127.0.0.1").replace(/^[0:]+$/, "::1");
  return address.includes(":") ? `[${address}]` : address;
}

function cannotListen(port: number, { code, message }: NodeJS.ErrnoException): CannotListen {
  if (code === "EADDRINUSE") {
    return new CannotListen(`port ${port} is in use; name another one, or --port 0 for any free one`);
  }
  return new CannotListen(`cannot listen on port ${port}: ${message}`);
}
