/** The tools of the set-ups: from npm, each family by its own lock file, or from the machine. */
import { access, copyFile, readFile, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Missing } from "./missing.mjs";
import { run } from "./processes.mjs";

export const here = fileURLToPath(new URL("..", import.meta.url));

const read = (path) => readFile(path, "utf8").catch(() => undefined);

export const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

const installing = new Map();

/**
 * Installs the npm packages of a folder of tests/runtimes/ by its lock file, unless that is done
 * (`cargo xtask` leaves the same stamp), and resolves to its node_modules.
 */
export const npm = (folder) => {
  if (!installing.has(folder)) installing.set(folder, install(join(here, folder)));
  return installing.get(folder);
};

const install = async (folder) => {
  const modules = join(folder, "node_modules");
  const lock = join(folder, "package-lock.json");
  const stamp = join(modules, ".installed-lock.json");
  const wanted = await read(lock);
  if (wanted === (await read(stamp))) return modules;
  console.error(`Installing the npm packages of ${folder} (a minute)`);
  await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, seconds: 600 });
  await copyFile(lock, stamp);
  return modules;
};

/** The version of a package in a node_modules folder. */
export const versionOf = async (modules, name) =>
  JSON.parse(await readFile(join(modules, name, "package.json"), "utf8")).version;

/** The first of some files below a folder that exists. */
export const firstOf = async (folder, names) => {
  for (const name of names) if (await exists(join(folder, name))) return join(folder, name);
};

/** A program of this machine, by the first of its names on the PATH, or in `places`. */
export const onPath = async (names, debian, places = []) => {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      if (folder && (await exists(join(folder, name)))) return join(folder, name);
    }
  }
  for (const place of places) if (await exists(place)) return place;
  throw new Missing(`${names[0]} is not on this machine (Debian: ${debian.join(" ")})`);
};

/** The first folder below `parent` whose name matches. */
export const folderLike = async (parent, pattern) => {
  const names = await readdir(parent).catch(() => []);
  const name = names.sort().find((name) => pattern.test(name));
  return name && join(parent, name);
};
