/** Programs from npm, run by this Node.js. */
import { join } from "node:path";
import { run, serve } from "./processes.mjs";
import { npm } from "./tools.mjs";

/** Runs a script of a package to its end, in a project, by this Node.js or another. */
export const runTool = async (family, script, args, project, { node = process.execPath, ...options } = {}) =>
  run(node, [join(await npm(family), script), ...args], { cwd: project, ...options });

/** Runs the executable of a package, which may be a binary, to its end. */
export const runBinary = async (family, name, args, project, options) =>
  run(join(await npm(family), ".bin", name), args, { cwd: project, ...options });

/** Starts a script of a package that serves a project. Resolves to the URL that it prints. */
export const serveTool = async (family, script, args, project, options) => {
  const ready = /(https?:\/\/(?:localhost|127\.0\.0\.1):\d+)/;
  const started = await serve(process.execPath, [join(await npm(family), script), ...args], {
    cwd: project,
    ready,
    ...options,
  });
  return { url: started.match[1], stop: started.stop, output: started.output };
};
