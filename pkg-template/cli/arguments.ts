/** Reads the command line. */
import { parseArgs } from "node:util";

/** What somebody asked for. */
export type Asked =
  | { command: "help"; about: Topic }
  | { command: "version" }
  | { command: "demo"; port: number | undefined }
  | { command: "sandbox"; port: number; seed: number | undefined; quiet: boolean };

/** What there is help about. */
export type Topic = "centerfy" | "demo" | "sandbox";

/** A command line that cannot be understood, in words for the person who typed it. */
export class Misused extends Error {}

/** Where the sandbox listens if nothing else is said. */
export const PORT = 8787;

const OPTIONS = {
  centerfy: {},
  demo: { port: { type: "string" } },
  sandbox: { port: { type: "string" }, seed: { type: "string" }, quiet: { type: "boolean" } },
} as const;
const COMMON = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "V" } } as const;

interface Values {
  help?: boolean;
  version?: boolean;
  quiet?: boolean;
  port?: string;
  seed?: string;
}

export function parse(words: string[]): Asked {
  const first = words[0];
  const topic = first === "demo" || first === "sandbox" ? first : "centerfy";
  if (topic === "centerfy" && first !== undefined && !first.startsWith("-")) {
    throw new Misused(`there is no command ${JSON.stringify(first)}; there are demo and sandbox (see --help)`);
  }
  const { help, version, port, seed, quiet = false } = values(topic, topic === "centerfy" ? words : words.slice(1));
  if (version) return { command: "version" };
  if (help || topic === "centerfy") return { command: "help", about: topic };
  const at = port === undefined ? undefined : number("--port", port, 65_535);
  if (topic === "demo") return { command: topic, port: at };
  return {
    command: topic,
    port: at ?? PORT,
    seed: seed === undefined ? undefined : number("--seed", seed, Number.MAX_SAFE_INTEGER),
    quiet,
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

function number(name: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new Misused(`${name} must be a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
  return value;
}
