// Transfer sizes of the package's page, without the sandbox: each file as a server with brotli
// sends it. Sizes are exact, so a test can enforce a budget.

import { readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const folder = (path) => new URL(`${pathToFileURL(path)}/`);
const { CENTERFY_PACKAGE, CENTERFY_PAGE } = process.env;
const installed = CENTERFY_PACKAGE ? folder(`${CENTERFY_PACKAGE}/node_modules/centerfy`) : new URL("../../pkg/", import.meta.url);
/** The copies of the page: in the package, and for static hosts, if it was built. */
const COPIES = {
  package: new URL("page/", installed),
  ...(CENTERFY_PAGE ? { static: folder(CENTERFY_PAGE) } : {}),
};
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

const brotli = async (file) => brotliCompressSync(await readFile(file), BEST).length;

/** `[path, bytes]` of each file, largest first, for each copy by its name. */
export async function sizes() {
  const measured = await Promise.all(Object.entries(COPIES).map(async ([name, root]) => [name, await sizesOf(root)]));
  return Object.fromEntries(measured);
}

async function sizesOf(root) {
  const namesIn = async (place) => (await readdir(new URL(place, root))).map((name) => place + name);
  const files = ["index.html", "favicon.svg", ...await namesIn("app/"), ...await namesIn("style/"), "pkg/index.js"];
  const measured = await Promise.all(files.map(async (path) => [path, await brotli(new URL(path, root))]));
  return measured.sort(([, a], [, b]) => b - a);
}

export const total = (measured) => measured.reduce((sum, [, bytes]) => sum + bytes, 0);
