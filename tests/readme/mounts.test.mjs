// docs/proxy.md lists how to mount the proxy: tests/runtimes/mounts/ runs each of its lines.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const read = (path) => readFileSync(join(root, path), "utf8");

/** Everything that runs: the servers' files, the frameworks' projects, and the options of the set-ups. */
const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : path.endsWith(".json") ? [] : [path];
  });

const run = ["tests/runtimes/mounts.mjs", ...filesBelow("tests/runtimes/mounts")].map(read).join("\n");

/** The second column of the first table below a heading, by its rows. */
const linesBelow = (heading) => {
  const [, section] = read("docs/proxy.md").split(`\n## ${heading}\n`);
  const rows = section.split("\n## ")[0].split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(1).map((row) => {
    const [, name, lines] = row.split(/(?<!\\) ?\| ?/);
    return [name, [...lines.matchAll(/`([^`]+)`/g)].map(([, line]) => line)];
  });
};

/** Options of the proxy are in the environment of its mount. */
const isOption = (line) => line.startsWith("path: ");

for (const heading of ["Mount it", "Behind another server"]) {
  for (const [name, lines] of linesBelow(heading)) {
    test(`${heading}: ${name}`, () => {
      assert.ok(lines.length, "there is a line");
      for (const line of lines.filter((line) => !isOption(line))) assert.ok(run.includes(line), `${line} is not run`);
    });
  }
}
