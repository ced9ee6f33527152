/** Parses the command line. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { parseArgs } from "node:util";

/** A parsed command line. */
export type Command =
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
  /** The settings of the default organization, as options with their values. */
  settings: [option: string, value: string][];
}

/** A topic of the help. */
export type Topic = "centerfy" | "demo" | "sandbox";

/** An invalid command line. The message is for the user. */
export class UsageError extends Error {}

/** The default address of the sandbox. */
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

export function parse(args: string[]): Command {
  const first = args[0];
  const topic = first === "demo" || first === "sandbox" ? first : "centerfy";
  if (topic === "centerfy" && first !== undefined && !first.startsWith("-")) {
    throw new UsageError(`unknown command ${JSON.stringify(first)}; the commands are demo and sandbox (see --help)`);
  }
  const input = values(topic, topic === "centerfy" ? args : args.slice(1));
  const { help, version, port } = input;
  if (version) return { command: "version" };
  if (help || topic === "centerfy") return { command: "help", about: topic };
  const chosen = port === undefined ? undefined : number("--port", port, 65_535);
  if (topic === "demo") return { command: topic, port: chosen };
  return { command: topic, port: chosen ?? PORT, ...sandboxArguments(input) };
}

function sandboxArguments({ host: address, seed, quiet = false, ...input }: Values): Omit<SandboxArguments, "port"> {
  const settings: SandboxArguments["settings"] = [];
  for (const name of ["rate-limit", "contact-replies"] as const) {
    if (input[name] !== undefined) settings.push([`--${name}`, input[name]]);
  }
  if (input.contacts !== undefined) settings.push(["--contacts", numberOrText("--contacts", input.contacts)]);
  if (input.empty) settings.push(["--empty", "on"]);
  return {
    host: address === undefined ? HOST : host(address),
    seed: seed === undefined ? undefined : number("--seed", seed, Number.MAX_SAFE_INTEGER),
    quiet,
    settings,
  };
}

function values(topic: Topic, args: string[]): Values {
  try {
    const options = { ...COMMON, ...OPTIONS[topic] };
    return parseArgs({ args, options, allowPositionals: false }).values as Values;
  } catch (error) {
    // The first sentence names the mistake; the rest is advice for developers.
    const [reason = ""] = (error as Error).message.split(/\.(?:\s|$)/);
    throw new UsageError(`${reason.charAt(0).toLowerCase()}${reason.slice(1)} (see --help)`);
  }
}

function host(address: string): string {
  if (address === "localhost") return HOST;
  if (isIP(address)) return address;
  throw new UsageError(`--host must be an IP address such as 0.0.0.0, or localhost, got ${JSON.stringify(address)}`);
}

/** A number as it is, and otherwise the content of the file. */
function numberOrText(name: string, file: string): string {
  if (/^\d+$/.test(file)) return file;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${name}: cannot read ${file}: ${(error as Error).message}`);
  }
}

function number(name: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new UsageError(`${name} must be an integer from 0 to ${most}, got ${JSON.stringify(text)}`);
  return value;
}
