/** Paths: the measured package, and a folder for the benchmark's files. */
import { existsSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const out = join(here, "out");

/** `cargo xtask bench` passes the folder in which it installed the package. Otherwise this is `pkg/`. */
const installed = process.env.CENTERFY_PACKAGE;

/** A folder whose node_modules has the package. */
export const home = installed ?? out;

export const inPackage = (path) => join(home, "node_modules", "centerfy", path);

export const prepare = async () => {
  await mkdir(join(out, "node_modules"), { recursive: true });
  if (installed) return;
  const link = join(out, "node_modules", "centerfy");
  await rm(link, { force: true });
  await symlink(resolve(here, "../../pkg"), link);
  if (!existsSync(inPackage("package.json"))) throw new Error("there is no pkg/: run `cargo xtask build` first");
};
