/** The sandbox behind Node's HTTP server, on loopback. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Handler } from "../sandbox/generated/module.js";
import { load } from "../sandbox/load.js";
import { Exchange } from "./exchange.js";
import { type Folder, file } from "./files.js";
import { PACKAGE } from "./package.js";

/** As many connections may wait to be taken; tests open thousands at once. */
const BACKLOG = 4096;

export interface ServerOptions {
  /** 0 takes any that is free. */
  port: number;
  /** Decides the keys and ids of new worlds; they differ from start to start if left out. */
  seed: number | undefined;
  /** Leaves out the line per request on stderr. */
  quiet: boolean;
  /** What is served beside the API, the longest path first. */
  folders: Folder[];
}

/** A port that cannot be had, in words for the person who wants it. */
export class CannotListen extends Error {}

/** Starts it; gives its URL, with no slash at the end. */
export async function start({ port, seed, quiet, folders }: ServerOptions): Promise<string> {
  await load(() => Uint8Array.from(readFileSync(`${PACKAGE}sandbox/sandbox.wasm`)));
  const chosen = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const handler = Handler.ofManyWorlds(chosen, Date.now());
  const log = quiet ? () => {} : (line: string) => void process.stderr.write(`${line}\n`);
  // No request is given up but by who sent it.
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, noDelay: true }, (request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    if (Handler.isFor(path)) void new Exchange(handler, request, response, log).run();
    else void file(folders, path, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen({ port, host: "127.0.0.1", backlog: BACKLOG }, resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function cannotListen(port: number, { code, message }: NodeJS.ErrnoException): CannotListen {
  if (code === "EADDRINUSE") {
    return new CannotListen(`port ${port} is in use; name another one, or --port 0 for any free one`);
  }
  return new CannotListen(`cannot listen on port ${port}: ${message}`);
}
