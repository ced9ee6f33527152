/** New folders in which a set-up is like a user's project. */
import { portableSamples } from "../../support/portable.mjs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "./processes.mjs";
import { here, npm } from "./tools.mjs";
import { makeWorld } from "./sandbox.mjs";

/**
 * Resolves to a folder whose node_modules has the packed package: the one in `CENTERFY_PACKAGE`, or one
 * that is made here from pkg/.
 */
export const installPackage = async (folder) => {
  if (process.env.CENTERFY_PACKAGE) return process.env.CENTERFY_PACKAGE;
  const place = join(folder, "package");
  await mkdir(place, { recursive: true });
  await writeFile(join(place, "package.json"), '{ "private": true }\n');
  const pkg = join(here, "../../pkg");
  const packed = await run("npm", ["pack", "--silent", "--pack-destination", place], { cwd: pkg });
  const tarball = join(place, packed.trim().split("\n").at(-1));
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  await run("npm", ["install", ...quiet, tarball], { cwd: place });
  return place;
};

/** A folder for all projects of a run, outside of the repository: no parent has a node_modules. */
export const makeFolder = () => mkdtemp(join(tmpdir(), "centerfy-runtimes-"));

export const removeFolder = (folder) => rm(folder, { recursive: true, force: true });

/**
 * Makes the project of a set-up: the package in node_modules, an instance of the sandbox, and the named
 * files. `files` maps a path in the project to a path below tests/runtimes/, or, after `text:`,
 * to the text itself.
 */
export const makeProject = async ({ folder, packed, sandbox }, name, files, inFolder) => {
  const project = inFolder ?? join(folder, name);
  await mkdir(join(project, "node_modules"), { recursive: true });
  await cp(join(packed, "node_modules/centerfy"), join(project, "node_modules/centerfy"), { recursive: true });
  const apiKey = await makeWorld(sandbox);
  const all = {
    "package.json": 'text:{ "private": true, "type": "module" }\n',
    "world.mjs": `text:export const apiKey = "${apiKey}";\nexport const sandbox = "${sandbox}";\n`,
    "client.mjs": "app/client.mjs",
    "check.mjs": "app/check.mjs",
    "scenario.mjs": "app/scenario.mjs",
    "control.mjs": "../support/control.mjs",
    "samples.mjs": `text:${await portableSamples()}`,
    ...files,
  };
  for (const [path, from] of Object.entries(all)) {
    const text = from.startsWith("text:") ? from.slice(5) : await readFile(join(here, from), "utf8");
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  return project;
};

/** A project with a copy of its family's packages: some tools follow no link out of it. */
export const makeWholeProject = async (context, family, name, files) => {
  const modules = await npm(family);
  const project = join(context.folder, name);
  await run("mkdir", ["-p", project]);
  // Hard links if possible, which cost nothing.
  const copy = (flags) => run("cp", [flags, modules, join(project, "node_modules")]);
  await copy("-al").catch(() => copy("-R"));
  return makeProject(context, name, { "package.json": `${family}/package.json`, ...files });
};
