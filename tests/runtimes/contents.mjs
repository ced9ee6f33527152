/**
 * The contents of the package: the files that a user needs, no unnecessary copies of the module's bytes,
 * and no newer syntax than the tools of each file parse.
 */
import { readFile, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { npm } from "./support/tools.mjs";

const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "centerfy.wasm",
  "cli.js",
  "client-events.d.cts",
  "client-events.d.ts",
  "client-options.d.cts",
  "client-options.d.ts",
  "conditions.d.cts",
  "conditions.d.ts",
  "deno.js",
  "deployed.js",
  "durable/index.cjs",
  "durable/index.d.cts",
  "durable/index.d.ts",
  "durable/index.js",
  "edge-light.js",
  "error-codes.d.cts",
  "error-codes.d.ts",
  "index.d.cts",
  "index.d.ts",
  "index.js",
  "js.d.cts",
  "js.d.ts",
  "js.js",
  "llms.txt",
  "node.js",
  "otel/index.cjs",
  "otel/index.d.cts",
  "otel/index.d.ts",
  "otel/index.js",
  "package.json",
  "proxy/index.cjs",
  "proxy/index.d.cts",
  "proxy/index.d.ts",
  "proxy/index.js",
  "proxy/node.cjs",
  "proxy/node.d.cts",
  "proxy/node.d.ts",
  "proxy/node.js",
  "query/index.cjs",
  "query/index.d.cts",
  "query/index.d.ts",
  "query/index.js",
  "recordings/index.cjs",
  "recordings/index.d.cts",
  "recordings/index.d.ts",
  "recordings/index.js",
  "redis/index.cjs",
  "redis/index.d.cts",
  "redis/index.d.ts",
  "redis/index.js",
  "runs/index.cjs",
  "runs/index.d.cts",
  "runs/index.d.ts",
  "runs/index.js",
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
  "schema/index.cjs",
  "schema/index.d.cts",
  "schema/index.d.ts",
  "schema/index.js",
  "server.cjs",
  "server.js",
  "skills/centerfy/SKILL.md",
  "store/index.cjs",
  "store/index.d.cts",
  "store/index.d.ts",
  "store/index.js",
  "types.d.cts",
  "types.d.ts",
  "wintercg.js",
  "workerd.js",
];

/** Where the client's module is: as a file, and inside of the entries that need no file. */
const WITH_MODULE = ["centerfy.wasm", "index.js", "server.cjs", "server.js"];

/** The ECMAScript version for Node.js 20, workerd and their bundlers, and that of the client, for React Native, too. */
const ECMASCRIPT = [
  [/^(proxy|redis|durable|runs|sandbox|store)\/|^cli\.js$/, 2022],
  [/./, 2020],
];

/** Throws if a script has newer syntax than its tools parse. */
const checkSyntax = async (files, texts) => {
  const { parse } = createRequire(join(await npm("."), "x.js"))("acorn");
  for (const [i, file] of files.entries()) {
    if (!/\.c?js$/.test(file)) continue;
    const [, ecmaVersion] = ECMASCRIPT.find(([pattern]) => pattern.test(file));
    const sourceType = file.endsWith(".cjs") ? "script" : "module";
    try {
      parse(texts[i], { ecmaVersion, sourceType, allowHashBang: true });
    } catch (error) {
      throw new Error(`${file} has newer syntax than ECMAScript ${ecmaVersion}: ${error.message}`);
    }
  }
};

/** The maximum size of the package on disk, in bytes, without the demo page and its picture, which have other tests. */
const MOST = 1_320_000;
const OF_PAGE = /^(page\/|docs\/demo\.)/;

/** The maximum size that the entries for front ends and traces add to a page, in bytes with brotli, without the client. */
const ENTRIES = { "otel/index.js": 1_024, "query/index.js": 1_228, "recordings/index.js": 1_228 };

/** The files of a folder, recursively. */
const filesOf = async (folder) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
};

const contents = {
  name: "contents",
  needs: { npm: ["."] },
  version: async () => "",
  async test({ packed }) {
    const folder = join(packed, "node_modules/centerfy");
    const all = await filesOf(folder);
    const counted = all.filter((file) => !OF_PAGE.test(file));
    const sizes = await Promise.all(counted.map(async (file) => (await stat(join(folder, file))).size));
    const size = sizes.reduce((sum, size) => sum + size, 0);
    if (size > MOST) throw new Error(`the package has ${size} bytes, ${MOST} at most`);
    // Other tests check the demo page's files and the documents.
    const files = all.filter((file) => !/^(page|docs)\//.test(file)).sort();
    if (files.join() !== FILES.join()) throw new Error(`the package has ${files.join(", ")}`);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")));
    await checkSyntax(files, texts);
    for (const [file, most] of Object.entries(ENTRIES)) {
      const bytes = brotliCompressSync(await readFile(join(folder, file))).length;
      if (bytes > most) throw new Error(`${file} has ${bytes} bytes with brotli, ${most} at most`);
    }
    const inlined = texts[files.indexOf("index.js")].match(/of "([^"\n]{2000,})"/)[1].slice(0, 200);
    const module = texts[files.indexOf("centerfy.wasm")];
    // The JSON of a source map escapes the script's text once more.
    const marks = [inlined, JSON.stringify(inlined).slice(1, -1), module];
    const having = files.filter((_, i) => marks.some((mark) => texts[i].includes(mark)));
    if (having.join() !== WITH_MODULE.join()) throw new Error(`the wasm is in ${having.join(", ")}`);
    return `${all.length} files, ${size} bytes, the wasm in ${having.join(", ")}`;
  },
};

export const setups = [contents];
