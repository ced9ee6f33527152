/** The bytes of the module and of the script by part. */
import { transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { brotli } from "./sizes.mjs";
import { sections } from "./module/wasm.mjs";
import { here, inPackage } from "./support/package.mjs";
import { grouped } from "./support/tables.mjs";

/** The cost of a part: what brotli saves without it. */
const withoutPart = (bytes, { start, end }) => {
  const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  return brotli(bytes) - brotli(rest);
};

const bySection = async () => {
  const bytes = await readFile(inPackage("centerfy.wasm"));
  return sections(bytes).map((section) => [section.name, grouped(section.bytes), grouped(withoutPart(bytes, section))]);
};

/** Written by `cargo xtask bench` before this runs, from a build with names. */
const byFunction = async () => {
  const file = join(here, "functions.json");
  if (!existsSync(file)) return [];
  const functions = Object.entries(JSON.parse(await readFile(file, "utf8")));
  const sum = functions.reduce((sum, [, bytes]) => sum + bytes, 0);
  return functions
    .sort(([, a], [, b]) => b - a)
    .map(([name, bytes]) => [`\`${name}\``, grouped(bytes), `${((100 * bytes) / sum).toFixed(1)} %`]);
};

/** By file of pkg-template/. */
const byScript = async () => {
  const text = await readFile(inPackage("index.js"), "utf8");
  // The default entry is one script in which esbuild left a comment before each part, its module inside.
  const parts = text.split(/^\/\/ (?:src\/)?([\w./-]+\.[jt]s)$/m);
  const minified = async (code) => (await transform(code, { minify: true, format: "esm", target: "es2022" })).code;
  const rows = [];
  for (let i = 1; i < parts.length; i += 2) {
    const code = Buffer.from(await minified(parts[i + 1].replace(/^export \{[^}]*\};|^\/\/# source.*/gm, "")));
    rows.push([parts[i], code.length, brotli(code)]);
  }
  return rows.sort((a, b) => b[1] - a[1]).map(([name, raw, small]) => [`\`${name}\``, grouped(raw), grouped(small)]);
};

export const moduleBytes = async () => {
  const [functions, parts, scripts] = [await byFunction(), await bySection(), await byScript()];
  return {
    data: { functions, parts, scripts },
    tables: [
      { title: "The module by section, bytes", head: ["", "raw", "brotli 11 saves without it"], rows: parts },
      { title: "The module's code by function, bytes", head: ["", "raw", "of all code"], rows: functions },
      {
        title: "The script by part, bytes",
        head: ["", "minified", "brotli 11, alone"],
        rows: scripts,
        notes: ["Alone, a part compresses worse than within the whole."],
      },
    ],
  };
};
