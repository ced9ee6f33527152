// `samples.mjs` as one file, for tools and browsers that cannot import JSON.

import { readFile } from "node:fs/promises";

const read = (name) => readFile(new URL(name, import.meta.url), "utf8");

/** The text of `samples.mjs` with `samples.json` in it. */
export const portableSamples = async () => {
  const [script, json] = await Promise.all([read("samples.mjs"), read("samples.json")]);
  const portable = script.replace(/^import samples .*$/m, () => `const samples = ${json.trim()};`);
  if (portable === script) throw new Error("samples.mjs no longer imports samples.json");
  return portable;
};
