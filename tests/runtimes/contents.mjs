/** What the package brings: the files that a user needs, and the module's bytes no more than twice. */
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
  "index.d.ts",
  "index.js",
  "index.js.map",
  "package.json",
  "sandbox/edge-light.js",
  "sandbox/index.d.ts",
  "sandbox/index.js",
  "sandbox/sandbox.wasm",
  "sandbox/shared.js",
  "sandbox/types.d.ts",
  "sandbox/workerd.js",
  "types.d.ts",
  "workerd.js",
  "workerd.js.map",
];

const contents = {
  name: "contents",
  needs: {},
  version: async () => "",
  async test({ packed }) {
    const folder = join(packed, "node_modules/centerfy");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const all = entries.filter((entry) => entry.isFile()).map(({ path, name }) => relative(folder, join(path, name)));
    // The page is the demo's, as `www/` has it.
    const files = all.filter((file) => !file.startsWith("page")).sort();
    if (files.join() !== FILES.join()) throw new Error(`the package has ${files.join(", ")}`);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")));
    const inlined = texts[files.indexOf("index.js")].match(/"([^"\n]{2000,})"/)[1].slice(0, 200);
    // In a map's JSON, what is in a script's text is escaped once more.
    const marks = [inlined, JSON.stringify(inlined).slice(1, -1), "\0asm"];
    const having = files.filter((_, i) => marks.some((mark) => texts[i].includes(mark)));
    if (having.join() !== "centerfy.wasm,index.js,sandbox/sandbox.wasm") throw new Error(`the wasm is in ${having.join(", ")}`);
    const size = texts.reduce((sum, { length }) => sum + length, 0);
    return `${files.length} files, ${size} bytes, the wasm in ${having.join(" and ")}`;
  },
};

export const setups = [contents];
