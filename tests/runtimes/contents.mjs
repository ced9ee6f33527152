/** What the package brings: the files that a user needs, and the module's bytes no more often than they are needed. */
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";

const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "centerfy.wasm",
  "cli.js",
  "deno.js",
  "deno.js.map",
  "edge-light.js",
  "edge-light.js.map",
  "index.cjs",
  "index.cjs.map",
  "index.d.cts",
  "index.d.ts",
  "index.js",
  "index.js.map",
  "js.cjs",
  "js.cjs.map",
  "js.d.cts",
  "js.d.ts",
  "js.js",
  "js.js.map",
  "node.js",
  "node.js.map",
  "package.json",
  "sandbox/edge-light.js",
  "sandbox/index.cjs",
  "sandbox/index.d.cts",
  "sandbox/index.d.ts",
  "sandbox/index.js",
  "sandbox/sandbox.wasm",
  "sandbox/shared.js",
  "sandbox/types.d.cts",
  "sandbox/types.d.ts",
  "sandbox/workerd.js",
  "types.d.cts",
  "types.d.ts",
  "workerd.js",
  "workerd.js.map",
];

/** Where the client's module is: as a file, and inside of the two entries that need no file. */
const WITH_MODULE = ["centerfy.wasm", "index.cjs", "index.js"];

/** The files of a folder and of those in it, without the demo page's. */
const filesOf = async (folder) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return files.filter((file) => !file.startsWith("page/")).sort();
};

const contents = {
  name: "contents",
  needs: {},
  version: async () => "",
  async test({ packed }) {
    const folder = join(packed, "node_modules/centerfy");
    const files = await filesOf(folder);
    if (files.join() !== FILES.join()) throw new Error(`the package has ${files.join(", ")}`);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")));
    const inlined = texts[files.indexOf("index.js")].match(/of "([^"\n]{2000,})"/)[1].slice(0, 200);
    const module = texts[files.indexOf("centerfy.wasm")];
    // In a map's JSON, what is in a script's text is escaped once more.
    const marks = [inlined, JSON.stringify(inlined).slice(1, -1), module];
    const having = files.filter((_, i) => marks.some((mark) => texts[i].includes(mark)));
    if (having.join() !== WITH_MODULE.join()) throw new Error(`the wasm is in ${having.join(", ")}`);
    const size = texts.reduce((sum, { length }) => sum + length, 0);
    return `${files.length} files, ${size} bytes, the wasm in ${having.join(", ")}`;
  },
};

export const setups = [contents];
