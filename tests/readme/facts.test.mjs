// Facts in the README and the documents of a clone: commands, paths, links, names, sizes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { Centerfy, entry } from "../node/support.mjs";
import { blocks, files, others, root, textOf } from "./blocks.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const documents = [...files, ...others];
const readme = textOf("README.md");
const section = (heading, text = readme) => text.split(/^#+ /m).find((part) => part.startsWith(heading + "\n"));
const firstColumn = (text) => [...text.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name);
const installed = dirname(entry);

const { stdout: setUps } = spawnSync(process.execPath, [join(root, "tests/runtimes/run.mjs"), "--list"], { encoding: "utf8" });

test("it lists exactly the tested set-ups", () => {
  const named = [...section("Where it runs").matchAll(/`([a-z]+(?:-[a-z0-9]+)*)`/g)].map(([, name]) => name);
  // docs/proxy.md has those of `mount` one by one.
  const fits = (setUp, name) =>
    setUp === name || setUp === `${name}-dev` || setUp === `${name}-build` || (name === "mount" && setUp.startsWith("mount-"));
  // `contents` inspects the package; it is not a runtime.
  const all = setUps.trim().split("\n").filter((name) => name !== "contents");
  for (const setUp of all) assert.ok(named.some((name) => fits(setUp, name)), `${setUp} is not named`);
  for (const name of named) assert.ok(all.some((setUp) => fits(setUp, name)), `there is no ${name}`);
});

test("the commands exist", () => {
  const commands = read("xtask/src/main.rs");
  const subjects = read("xtask/src/test.rs");
  const named = [...documents.map(textOf).join().matchAll(/cargo xtask (\w+)(?: (\w+)(?: -- (\w[\w./-]*))?)?/g)];
  assert.ok(named.length >= 8);
  for (const [all, command, subject, setUp] of named) {
    assert.ok(commands.includes(`name: "${command}"`), all);
    if (command === "test" && subject) {
      assert.ok(subjects.includes(`name: "${subject}"`) || subjects.includes(`const EVERYTHING: &str = "${subject}"`), all);
    }
    if (setUp?.endsWith(".mjs")) assert.ok(existsSync(join(root, setUp)), all);
    else if (setUp) assert.match(setUps, new RegExp(`^${setUp}`, "m"), all);
  }
  const shell = documents.flatMap(blocks).filter(({ language }) => language === "sh");
  const known = /^(cargo xtask \w+( \w+| --dry-run)?( -- \S+)?|cargo contract|cargo fmt --all|cargo install centerfy-sandbox|centerfy-sandbox|curl .*(?:127\.0\.0\.1:8787|\$[SO])\/.*|[SO]=\S+|cargo add (?:--dev )?[\w-]+(?: --features [\w,-]+)?|cargo run -p centerfy-sandbox|npm install centerfy|npx centerfy (demo|sandbox)|.*\b(npm|cargo) publish .*)$/;
  for (const { text } of shell) for (const line of text.trim().split("\n")) assert.match(line.trim(), known);
  assert.match(read("sandbox/Cargo.toml"), /^name = "centerfy-sandbox"$/m);
  assert.match(read(".cargo/config.toml"), /^contract = /m);
});

test("the links resolve", () => {
  const slugsOf = (text) => [...text.matchAll(/^#+ (.*)/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-"));
  for (const file of documents) {
    for (const [, to] of textOf(file).matchAll(/\]\(([^)]+)\)/g)) {
      if (to.startsWith("https://")) continue;
      const [path, slug] = to.split("#");
      const target = path ? join(dirname(file), path) : file;
      assert.ok(existsSync(join(root, target)), `${file}: ${to}`);
      if (slug) assert.ok(slugsOf(textOf(target)).includes(slug), `${file}: ${to}`);
      // Readers of the package have only its files.
      if (files.includes(file)) assert.ok(existsSync(join(installed, target)), `${file}: ${to} is not in the package`);
    }
  }
});

test("the package carries the README", () => assert.ok(readFileSync(join(installed, "README.md"), "utf8") === readme, "README.md has changed since the build"));

test("the package contains no placeholder for an address", () => {
  const { repository, homepage, bugs } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const named = [repository?.url, homepage, bugs?.url].filter(Boolean).join();
  for (const [address] of readme.matchAll(/https:\/\/github\.com\/[\w-]+\/[\w-]+/g)) assert.ok(named.includes(address), address);
});

test("the paths in CONTRIBUTING exist", () => {
  const text = textOf("CONTRIBUTING.md");
  const paths = [...text.matchAll(/`([\w.-]+\/[\w./-]*|[\w-]+\.(?:md|toml))`/g)].map(([, path]) => path);
  assert.ok(paths.length > 30);
  // The build makes these.
  for (const path of paths) if (path !== "pkg/") assert.ok(existsSync(join(root, path)), path);
});

test("CONTRIBUTING lists all directories", () => {
  const named = [...section("The directories", textOf("CONTRIBUTING.md")).matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, name]) => name);
  const made = ["pkg", "target"];
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  assert.deepEqual(named.sort(), folders.map(({ name }) => name).filter((name) => !made.includes(name)).sort());
});

test("its tables list every operation and every option", () => {
  const operations = Object.getOwnPropertyNames(Centerfy.prototype).filter((name) => name !== "constructor");
  assert.deepEqual(firstColumn(section("Operations")).sort(), operations.sort());
  const [, declared] = readFileSync(join(installed, "client-options.d.cts"), "utf8").match(/interface CenterfyOptions \{\n([\s\S]*?)\n\}/);
  const options = [...declared.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name);
  assert.deepEqual(firstColumn(section("Options of a client")).sort(), options.sort());
});

test("its sizes are the package's, within a hundred bytes", () => {
  const esbuild = fileURLToPath(new URL("../../xtask/node_modules/esbuild/bin/esbuild", import.meta.url));
  const bundled = (name) => {
    const args = [name, "--bundle", "--minify", "--format=esm", "--platform=browser", "--target=es2022", "--external:./centerfy.wasm"];
    const { stdout, stderr, status } = spawnSync(esbuild, args, { cwd: installed });
    assert.equal(status, 0, String(stderr));
    return brotliCompressSync(stdout).length;
  };
  const module = readFileSync(join(installed, "centerfy.wasm"));
  const actual = { files: bundled("workerd.js") + brotliCompressSync(module).length, bundled: bundled("index.js") };
  const [files, inBundle, ...others] = [...section("What it costs").matchAll(/\| ([\d,]+) \|$/gm)].map(([, text]) => Number(text.replaceAll(",", "")));
  for (const [said, is] of [[files, actual.files], [inBundle, actual.bundled]]) {
    assert.ok(Math.abs(said - is) <= 100, `README.md says ${said}, it is ${is}`);
  }
  assert.ok(others.length > 3);
  assert.ok(readme.split("## Install")[0].includes(inBundle.toLocaleString("en")), "the beginning says the same");
});

test("the initial memory of the module is as documented", () => {
  const [, said] = section("What it costs").match(/(\d+) KiB of memory/);
  assert.equal(firstPages(readFileSync(join(installed, "centerfy.wasm"))) * 64, Number(said));
});

/** From the module's memory section, since it does not export its memory. */
function firstPages(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const id = number();
    const end = number() + at;
    // The number of memories, the type of limits, and the minimum.
    if (id === 5) return number(), number(), number();
    at = end;
  }
}
