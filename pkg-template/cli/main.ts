#!/usr/bin/env node
/** `npx centerfy`: the demo page and the sandbox, from the package alone. */
import { Misused, parse } from "./arguments.js";
import { demo } from "./demo.js";
import { HELP } from "./help.js";
import { packageVersion } from "./package.js";
import { sandbox } from "./sandbox.js";
import { CannotListen } from "./server.js";

/** What shells say of a program that a signal ended: 128 and the signal's number. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;
/** What cannot be understood, and what cannot be done. */
const MISUSED = 2;
const FAILED = 1;

async function run(words: string[]): Promise<void> {
  const asked = parse(words);
  switch (asked.command) {
    case "help":
      return print(HELP[asked.about]);
    case "version":
      return print(`${packageVersion()}\n`);
    case "demo":
      return demo(asked);
    case "sandbox":
      return sandbox(asked);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

function fail(error: unknown): void {
  if (!(error instanceof Misused || error instanceof CannotListen)) throw error;
  process.stderr.write(`centerfy: ${error.message}\n`);
  process.exitCode = error instanceof Misused ? MISUSED : FAILED;
}

// A container's first process is not ended by these unless it says so itself.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(ENDED_BY[signal]));
// Whoever started this may have closed its output; that is no reason to stop.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
run(process.argv.slice(2)).catch(fail);
