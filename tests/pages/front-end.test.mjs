// The app in docs/front-end.md, unchanged: bundled, with a proxy to the sandbox, in a browser.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeWorld, openPage } from "./support.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(join(process.env.CENTERFY_PACKAGE, "x.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { createProxy } = await load("centerfy/proxy");
const { toNodeHandler } = await load("centerfy/proxy/node");
const { build } = createRequire(join(root, "xtask/package.json"))("esbuild");

/** The document's program, in a project with the package and the libraries. */
function makeProject(t) {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-front-end-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules"));
  const link = (name, to) => symlinkSync(to, join(folder, "node_modules", name), "dir");
  link("centerfy", dirname(require.resolve("centerfy/package.json")));
  for (const name of ["react", "react-dom", "scheduler", "@tanstack", "@types", "csstype"]) link(name, join(root, "tests/entries/node_modules", name));
  const [, app] = readFileSync(join(root, "docs/front-end.md"), "utf8").match(/```tsx\n([\s\S]*?)```/);
  writeFileSync(join(folder, "app.tsx"), app);
  writeFileSync(join(folder, "main.tsx"), `
    import { createRoot } from "react-dom/client";
    import { App } from "./app";
    const ids = JSON.parse(document.body.dataset.ids!);
    const root = createRoot(document.body);
    root.render(<App {...ids} />);
    Object.assign(window, { unmount: () => root.unmount() });`);
  return folder;
}

const bundle = async (folder) => {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "main.tsx")],
    bundle: true,
    write: false,
    jsx: "automatic",
    preserveSymlinks: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0].text;
};

/** The app for one organization of the sandbox. */
async function open(t) {
  const world = await makeWorld();
  const script = await bundle(makeProject(t));
  const path = "/api/centerfy";
  const proxy = createProxy({
    apiKey: world.api_key,
    baseUrl: `${new URL(process.env.CENTERFY_SANDBOX).origin}/functions/v1/crm-api`,
    path,
    allow: ["getAgent", "updateAgent", "getContactMessages", "sendMessage", "getCallRecording"],
    authorize: () => "mia",
  });
  const handle = toNodeHandler(proxy);
  const ids = { contactId: world.contacts[0].id, agentId: world.agents[0].id, callId: world.calls[0].call_id };
  const html = `<!doctype html><link rel="icon" href="data:,"><body data-ids='${JSON.stringify(ids)}'><script src="/app.js"></script>`;
  const server = createServer((request, response) => {
    if (request.url.startsWith(path)) return handle(request, response);
    const isScript = request.url === "/app.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8").end(isScript ? script : html);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  const { page, errors } = await openPage(t, world, { url: `http://127.0.0.1:${server.address().port}/`, ready: false });
  await page.locator("li").first().waitFor();
  return { world, page, errors };
}

test("a message appears at once, is sent once, and is replaced by the one that was sent", async (t) => {
  const { world, page } = await open(t);
  const before = await page.locator("li").count();
  await world.faults([{ type: "delay", ms: 200, operation: "sendMessage" }]);
  await page.getByLabel("Message").fill("See you at ten.");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator('li[aria-busy="true"]', { hasText: "See you at ten." }).waitFor();
  await page.locator('li[aria-busy="false"]', { hasText: "See you at ten." }).waitFor();
  assert.equal(await page.locator("li").count(), before + 1);
  await page.waitForFunction(() => document.querySelector('[name="content"]').value === "");
  const sent = (await world.log()).filter(({ method, path }) => method === "POST" && path.endsWith("/send-message"));
  assert.equal(sent.length, 1);
});

test("an error shows next to its field, and disappears when the form is valid", async (t) => {
  const { page, errors } = await open(t);
  await page.getByLabel("Temperature").fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("label", { hasText: "Temperature" }).getByRole("alert").waitFor();
  await page.getByLabel("Temperature").fill("0.5");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("output", { hasText: "Saved" }).waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.deepEqual(errors, []);
});

test("the recording plays, and unmounting cleans up", async (t) => {
  const { page, errors } = await open(t);
  await page.waitForFunction(() => document.querySelector("audio").readyState > 0);
  await page.evaluate(() => window.unmount());
  assert.equal(await page.locator("li").count(), 0);
  assert.deepEqual(errors, []);
});

test("the program type-checks", (t) => {
  const folder = makeProject(t);
  const tsc = join(root, "tests/node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--jsx", "react-jsx", "--lib", "es2022,dom,dom.iterable", "--preserveSymlinks"];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, join(folder, "app.tsx")], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
