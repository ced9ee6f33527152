/** The cost of two operations in a Rust program; `cargo xtask bench` compiles the apps of rust/. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotli } from "./sizes.mjs";
import { bundle } from "./support/bundle.mjs";
import { out } from "./support/package.mjs";
import { grouped } from "./support/tables.mjs";

const APPS = [
  { title: "by hand with gloo-net and serde", name: "gloo-net", lacks: "checks, the rate limit, timeouts, retries, the words of errors" },
  { title: "centerfy's typed client", name: "centerfy", lacks: "" },
  { title: "by hand with reqwest", name: "reqwest", lacks: "checks, the rate limit, timeouts, retries, the words of errors" },
];

const folderOf = (name) => join(out, "rust", name);

export const haveRust = () => APPS.every(({ name }) => existsSync(join(folderOf(name), "app_bg.wasm")));

const measure = async (name) => {
  const wasm = await readFile(join(folderOf(name), "app_bg.wasm"));
  const glue = Buffer.from(await bundle(join(folderOf(name), "app.js"), { minify: true }));
  return { raw: wasm.length + glue.length, wasm: brotli(wasm), glue: brotli(glue), brotli: brotli(wasm) + brotli(glue) };
};

export const rust = async () => {
  const rows = [];
  for (const app of APPS) rows.push({ ...app, bytes: await measure(app.name) });
  return {
    data: Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes])),
    table: {
      title: "Size of a Rust program: a client and two operations, bytes",
      head: ["", "raw", "module, brotli 11", "script, brotli 11", "both", "lacks"],
      words: ["lacks"],
      rows: rows.map(({ title, bytes, lacks }) => [title, ...[bytes.raw, bytes.wasm, bytes.glue, bytes.brotli].map(grouped), lacks]),
      notes: ['Compiled with opt-level "z", fat LTO and one codegen unit, bound by wasm-bindgen, wasm-opt -Oz; the script minified.'],
    },
  };
};
