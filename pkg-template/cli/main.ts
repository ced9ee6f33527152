#!/usr/bin/env node
/** `npx centerfy`: the commands `demo` and `sandbox`. */
import { UsageError, parse } from "./arguments.js";
import { demo } from "./demo.js";
import { HELP } from "./help.js";
import { packageVersion } from "./package.js";
import { sandbox } from "./sandbox.js";
import { ListenError } from "./server.js";

/** The exit codes after a signal, as in shells: 128 plus the number of the signal. */
const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** The exit codes for an invalid command line and for other failures. */
const USAGE_EXIT_CODE = 2;
const FAILURE_EXIT_CODE = 1;

async function run(args: string[]): Promise<void> {
  const command = parse(args);
  switch (command.command) {
    case "help":
      return print(HELP[command.about]);
    case "version":
      return print(`${packageVersion()}\n`);
    case "demo":
      return demo(command);
    case "sandbox":
      return sandbox(command);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

function fail(error: unknown): void {
  if (!(error instanceof UsageError || error instanceof ListenError)) throw error;
  process.stderr.write(`centerfy: ${error.message}\n`);
  process.exitCode = error instanceof UsageError ? USAGE_EXIT_CODE : FAILURE_EXIT_CODE;
}

// Process 1 of a container ignores these signals unless it handles them.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(SIGNAL_EXIT_CODES[signal]));
// The parent process may close the output; the server keeps running.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
run(process.argv.slice(2)).catch(fail);
