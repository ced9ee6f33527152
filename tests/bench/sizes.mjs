/** What each client adds to a page: one client and one call, bundled and minified by esbuild. */
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle } from "./support/bundle.mjs";
import { inPackage } from "./support/package.mjs";
import { grouped } from "./support/tables.mjs";

/** brotli at 11, which is what a page's server sends. */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
    .length;

const size = (bytes) => ({ raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) });

const add = (a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, a[key] + b[key]]));

const CLIENTS = [
  ["hand-written TypeScript of equal behaviour", "handwritten"],
  ["ky 2.1 (only fetch, no API)", "ky"],
  ["Retell SDK 5.66", "retell"],
  ["Vapi server SDK 2.0", "vapi"],
  ["Stripe 23", "stripe"],
  ["openai 7", "openai"],
];

export const sizes = async () => {
  const measure = async (name, options) =>
    size(Buffer.from(await bundle(`sizes/${name}.mjs`, { minify: true, ...options })));
  const wasm = size(await readFile(inPackage("centerfy.wasm")));
  const script = await measure("centerfy", { conditions: ["workerd"] });
  const rows = [
    ["centerfy, module as a file", add(script, wasm), `script ${script.brotli} + module ${wasm.brotli}`],
    ["centerfy, module inlined (the default)", await measure("centerfy"), ""],
  ];
  for (const [title, name] of CLIENTS) rows.push([title, await measure(name), ""]);
  return {
    data: Object.fromEntries(rows.map(([title, bytes]) => [title, bytes])),
    parts: { script, wasm },
    table: {
      title: "Size: one client and one call, bytes",
      head: ["", "minified", "gzip 9", "brotli 11"],
      rows: rows.map(([title, { raw, gzip, brotli }]) => [title, grouped(raw), grouped(gzip), grouped(brotli)]),
      notes: [`Of the first row's brotli bytes, ${script.brotli} are the script's and ${wasm.brotli} the module's.`],
    },
  };
};
