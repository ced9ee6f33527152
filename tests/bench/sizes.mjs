/** The size that each client adds to a page: one client and one call, bundled and minified by esbuild. */
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

/** Each client (`sizes/<name>.mjs`), and what it lacks; `habits.mjs` measures most of that. */
const CLIENTS = [
  {
    title: "hand-written TypeScript",
    name: "handwritten",
    lacks: "idempotency keys; slots that count from when a request can have arrived; releases; what the table of its tests says",
  },
  {
    title: "wretch 3.0 with retries and abort",
    name: "wretch",
    lacks: "the API; sends POSTs again after a 5xx, nothing after a 429 or a lost connection",
  },
  {
    title: "ofetch 1.5",
    name: "ofetch",
    lacks: "the API; tries again at once, after a 429 too; no timeout for a second attempt or a body; HTML is an answer",
  },
  {
    title: "ky 1.14",
    name: "ky-1",
    lacks: "the API; no timeout for a whole call or a body; no POST again after a 429",
  },
  { title: "ky 2.1", name: "ky-2", lacks: "the API; no POST again after a 429" },
  { title: "Retell SDK 5.66", name: "retell", lacks: "checks, a rate limit; sends POSTs again after a 5xx or a lost connection" },
  { title: "Vapi server SDK 2.0", name: "vapi", lacks: "checks, a rate limit; sends POSTs again after a 5xx; HTML is an answer" },
  { title: "Stripe 23", name: "stripe", lacks: "checks, a rate limit; may send POSTs again, since its API has idempotency keys" },
  { title: "openai 7", name: "openai", lacks: "checks, a rate limit; sends POSTs again after a 5xx or a lost connection" },
];

export const sizes = async () => {
  const measure = async (name, options) =>
    size(Buffer.from(await bundle(`sizes/${name}.mjs`, { minify: true, ...options })));
  const wasm = size(await readFile(inPackage("centerfy.wasm")));
  const script = await measure("centerfy", { conditions: ["workerd"] });
  const rows = [
    { title: "centerfy, module as a file", name: "file", bytes: add(script, wasm), lacks: "" },
    { title: "centerfy, module inlined (the default)", name: "default", bytes: await measure("centerfy"), lacks: "" },
  ];
  for (const client of CLIENTS) rows.push({ ...client, bytes: await measure(client.name) });
  return {
    data: Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes])),
    table: {
      title: "Size: one client and one call, bytes",
      head: ["", "minified", "gzip 9", "brotli 11", "lacks"],
      words: ["lacks"],
      rows: rows.map(({ title, bytes, lacks }) => [title, grouped(bytes.raw), grouped(bytes.gzip), grouped(bytes.brotli), lacks]),
      notes: [
        `Of the first row's brotli bytes, ${script.brotli} are the script's and ${wasm.brotli} the module's. "The API" is what a library of`,
        "fetch alone cannot have: operations, their types and checks, the rate limit, and whether a failed call may have been",
        "executed. The SDKs are for other APIs; they show the usual size of such a client.",
      ],
    },
  };
};
