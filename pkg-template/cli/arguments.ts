/** Reads the command line. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { parseArgs } from "node:util";

/** What the command line asks for. */
export type Asked =
  | { command: "help"; about: Topic }
  | { command: "version" }
  | { command: "demo"; port: number | undefined }
  | ({ command: "sandbox" } & SandboxArguments);

export interface SandboxArguments {
  port: number;
  /** The address to listen on. */
  host: string;
  seed: number | undefined;
  quiet: boolean;
  /** The options that set how the well-known world behaves, each with its value. */
  world: [option: string, value: string][];
}

/** What there is help about. */
export type Topic = "centerfy" | "demo" | "sandbox";

/** A command line that cannot be understood, in words for the person who typed it. */
export class Misused extends Error {}

/** Where the sandbox listens by default. */
export const PORT = 8787;
export const HOST = "127.0.0.1";

const OPTIONS = {
  centerfy: {},
  demo: { port: { type: "string" } },
  sandbox: {
    port: { type: "string" },
    host: { type: "string" },
    seed: { type: "string" },
    quiet: { type: "boolean" },
    "rate-limit": { type: "string" },
    "contact-replies": { type: "string" },
    contacts: { type: "string" },
    empty: { type: "boolean" },
  },
} as const;
const COMMON = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "V" } } as const;

interface Values {
  help?: boolean;
  version?: boolean;
  quiet?: boolean;
  port?: string;
  host?: string;
  seed?: string;
  "rate-limit"?: string;
  "contact-replies"?: string;
  contacts?: string;
  empty?: boolean;
}

export function parse(words: string[]): Asked {
  const first = words[0];
  const topic = first === "demo" || first === "sandbox" ? first : "centerfy";
  if (topic === "centerfy" && first !== undefined && !first.startsWith("-")) {
    throw new Misused(`there is no command ${JSON.stringify(first)}; there are demo and sandbox (see --help)`);
  }
  const given = values(topic, topic === "centerfy" ? words : words.slice(1));
  const { help, version, port } = given;
  if (version) return { command: "version" };
  if (help || topic === "centerfy") return { command: "help", about: topic };
  const at = port === undefined ? undefined : number("--port", port, 65_535);
  if (topic === "demo") return { command: topic, port: at };
  return { command: topic, port: at ?? PORT, ...ofSandbox(given) };
}

function ofSandbox({ host: address, seed, quiet = false, ...given }: Values): Omit<SandboxArguments, "port"> {
  const world: SandboxArguments["world"] = [];
  for (const name of ["rate-limit", "contact-replies"] as const) {
    if (given[name] !== undefined) world.push([`--${name}`, given[name]]);
  }
  if (given.contacts !== undefined) world.push(["--contacts", textOf("--contacts", given.contacts)]);
  if (given.empty) world.push(["--empty", "on"]);
  return {
    host: address === undefined ? HOST : host(address),
    seed: seed === undefined ? undefined : number("--seed", seed, Number.MAX_SAFE_INTEGER),
    quiet,
    world,
  };
}

function values(topic: Topic, words: string[]): Values {
  try {
    const options = { ...COMMON, ...OPTIONS[topic] };
    return parseArgs({ args: words, options, allowPositionals: false }).values as Values;
  } catch (error) {
    // Its first sentence says what is wrong; the others are advice for other programs.
    const [said = ""] = (error as Error).message.split(/\.(?:\s|$)/);
    throw new Misused(`${said.charAt(0).toLowerCase()}${said.slice(1)} (see --help)`);
  }
}

function host(address: string): string {
  if (address === "localhost") return HOST;
  if (isIP(address)) return address;
  throw new Misused(`--host must be an IP address such as 0.0.0.0, or localhost, not ${JSON.stringify(address)}`);
}

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Misused(`${name}: cannot read ${file}: ${(error as Error).message}`);
  }
}

function number(name: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new Misused(`${name} must be a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
  return value;
}
