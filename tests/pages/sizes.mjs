// How much comes over the wire when somebody opens the page of the package, without the sandbox:
// each file as a server with brotli sends it. Sizes are exact, so a test may hold them down.

import { readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const installed = process.env.CENTERFY_PACKAGE && pathToFileURL(`${process.env.CENTERFY_PACKAGE}/node_modules/centerfy/`);
const root = installed || new URL("../../pkg/", import.meta.url);
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

const brotli = async (path) => brotliCompressSync(await readFile(new URL(path, root)), BEST).length;
const namesIn = async (folder) => (await readdir(new URL(folder, root))).map((name) => folder + name);

/** `[path, bytes]` of each file, the largest first. */
export async function sizes() {
  const files = ["page/index.html", "page/favicon.svg", ...await namesIn("page/app/"), ...await namesIn("page/style/"), "index.js"];
  const measured = await Promise.all(files.map(async (path) => [path, await brotli(path)]));
  return measured.sort(([, a], [, b]) => b - a);
}

export const total = (measured) => measured.reduce((sum, [, bytes]) => sum + bytes, 0);
