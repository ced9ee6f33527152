/** Programs that a set-up runs: to their end, or until they are ready. */
import { spawn } from "node:child_process";

/** The part of a program's output that a failure shows. */
const TAIL = 4000;

/** The environment of a set-up, without settings of this process that could affect it. */
const environment = (more) => {
  const { NODE_OPTIONS, NODE_PATH, NODE_ENV, ...env } = process.env;
  return { ...env, NO_COLOR: "1", FORCE_COLOR: undefined, ...more };
};

const start = (command, args, { cwd, env }) => {
  // A separate process group, so that its children end with it.
  const child = spawn(command, args, { cwd, env: environment(env), stdio: ["ignore", "pipe", "pipe"], detached: true });
  const output = { out: "", all: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => ((output.out += text), (output.all += text)));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.all += text));
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(String(error)));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  const stop = async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
    await ended;
  };
  running.add(stop);
  ended.then(() => running.delete(stop));
  return { child, output, ended, stop };
};

const running = new Set();

/** Ends whatever still runs. */
export const stopAll = () => Promise.all([...running].map((stop) => stop()));

const failed = (command, args, how, output) =>
  new Error(`${[command, ...args].join(" ")}\n${how}\n${output.all.slice(-TAIL)}`);

const after = (ms, value) => {
  let timer;
  const promise = new Promise((resolve) => (timer = setTimeout(resolve, ms, value)));
  return { promise, clear: () => clearTimeout(timer) };
};

/** Runs a program to its end. Resolves to its stdout. */
export const run = async (command, args, { seconds = 120, ...options } = {}) => {
  const { output, ended, stop } = start(command, args, options);
  const patience = after(seconds * 1000, "late");
  const code = await Promise.race([ended, patience.promise]);
  patience.clear();
  if (code === "late") await stop();
  if (code !== 0) throw failed(command, args, code === "late" ? `ran for ${seconds} s` : `ended with ${code}`, output);
  return output.out;
};

/** Starts a program and waits until its output matches `ready`. Resolves to the match and `stop`. */
export const serve = async (command, args, { ready, seconds = 60, ...options }) => {
  const { child, output, ended, stop } = start(command, args, options);
  const seen = new Promise((resolve) => {
    const look = () => {
      const match = output.all.match(ready);
      if (match) resolve(match);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    look();
  });
  const patience = after(seconds * 1000, `was not ready in ${seconds} s`);
  const match = await Promise.race([seen, patience.promise, ended.then((code) => `ended with ${code}`)]);
  patience.clear();
  if (typeof match === "string") {
    await stop();
    throw failed(command, args, match, output);
  }
  return { match, stop, output };
};
