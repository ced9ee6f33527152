// The apps in docs/front-end.md, unchanged: bundled, with a proxy to the sandbox, in a browser.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

const documents = readFileSync(join(root, "docs/front-end.md"), "utf8");
const libraries = join(root, "tests/entries/node_modules");
const requireLibrary = createRequire(join(libraries, "x.js"));

/** Compiles single-file components of Vue. */
const vue = {
  name: "vue",
  setup({ onLoad }) {
    onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { parse, compileScript } = requireLibrary("vue/compiler-sfc");
      const { descriptor, errors } = parse(readFileSync(path, "utf8"), { filename: path });
      assert.deepEqual(errors, []);
      return { contents: compileScript(descriptor, { id: "app", inlineTemplate: true }).content, loader: "ts" };
    });
  },
};

/** Compiles components and modules of Svelte. */
const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte(\.js)?$/ }, ({ path }) => {
      const { compile, compileModule } = requireLibrary("svelte/compiler");
      const compileFile = path.endsWith(".js") ? compileModule : compile;
      const { js, warnings } = compileFile(readFileSync(path, "utf8"), { filename: path, generate: "client" });
      if (!path.includes("node_modules")) assert.deepEqual(warnings, []);
      return { contents: js.code, loader: "js" };
    });
  },
};

/** Each framework: the language of its program in the document, and the files that mount it with `ids` and unmount it. */
const FRAMEWORKS = {
  React: {
    language: "tsx",
    files: {
      "mount.tsx": `
        import { createRoot } from "react-dom/client";
        import { App } from "./app.tsx";
        export const mount = (target, ids) => {
          const root = createRoot(target);
          root.render(<App {...ids} />);
          return () => root.unmount();
        };`,
    },
  },
  Vue: {
    language: "vue",
    files: {
      "mount.ts": `
        import { createApp } from "vue";
        import { VueQueryPlugin } from "@tanstack/vue-query";
        import App from "./app.vue";
        export const mount = (target, ids) => {
          const app = createApp(App, ids).use(VueQueryPlugin);
          app.mount(target);
          return () => app.unmount();
        };`,
    },
  },
  Svelte: {
    language: "svelte",
    files: {
      "layout.svelte": `
        <script>
          import { QueryClient, QueryClientProvider } from "@tanstack/svelte-query";
          import App from "./app.svelte";
          let ids = $props();
          const client = new QueryClient();
        </script>
        <QueryClientProvider {client}><App {...ids} /></QueryClientProvider>`,
      "mount.ts": `
        import { mount as mountComponent, unmount } from "svelte";
        import Layout from "./layout.svelte";
        export const mount = (target, props) => {
          const app = mountComponent(Layout, { target, props });
          return () => unmount(app);
        };`,
    },
  },
};

/** A framework's program, in a project with the package and the libraries. */
function makeProject(t, { language, files }) {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-front-end-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules"));
  const link = (name, to) => symlinkSync(to, join(folder, "node_modules", name), "dir");
  link("centerfy", dirname(require.resolve("centerfy/package.json")));
  for (const name of readdirSync(libraries).filter((name) => !name.startsWith("."))) link(name, join(libraries, name));
  const [, app] = documents.match(new RegExp("```" + language + "\\n([\\s\\S]*?)```"));
  const main = `
    import { mount } from "./mount";
    const target = document.querySelector("main");
    Object.assign(window, { unmount: mount(target, JSON.parse(target.dataset.ids)) });`;
  for (const [name, text] of Object.entries({ [`app.${language}`]: app, "main.ts": main, ...files })) writeFileSync(join(folder, name), text);
  return folder;
}

const bundle = async (folder) => {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "main.ts")],
    bundle: true,
    write: false,
    jsx: "automatic",
    preserveSymlinks: true,
    plugins: [vue, svelte],
    conditions: ["browser", "svelte", "production"],
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  return outputFiles[0].text;
};

/** The app for one organization of the sandbox. */
async function open(t, framework, faults = []) {
  const world = await makeWorld();
  await world.faults(faults);
  const script = await bundle(makeProject(t, framework));
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
  const html = `<!doctype html><link rel="icon" href="data:,"><main data-ids='${JSON.stringify(ids)}'></main><script src="/app.js"></script>`;
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

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
  test(`${name}: a message appears at once, is sent once, and is replaced by the one that was sent`, async (t) => {
    const { world, page } = await open(t, framework);
    const before = await page.locator("li").count();
    await world.faults([{ type: "delay", ms: 200, operation: "sendMessage" }]);
    await page.getByLabel("Message").fill("See you at ten.");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator('li[aria-busy="true"]', { hasText: "See you at ten." }).waitFor();
    await page.locator('li[aria-busy="false"]', { hasText: "See you at ten." }).waitFor();
    assert.equal(await page.locator("li").count(), before + 1);
    await page.waitForFunction(() => document.querySelector('[aria-label="Message"]').value === "");
    const sent = (await world.log()).filter(({ method, path }) => method === "POST" && path.endsWith("/send-message"));
    assert.equal(sent.length, 1);
  });

  test(`${name}: errors show at all invalid fields, and disappear when the form is valid`, async (t) => {
    const { page, errors } = await open(t, framework);
    const alertAt = (label) => page.locator("label", { hasText: label }).getByRole("alert");
    const save = () => page.getByRole("button", { name: "Save" }).click();
    await page.getByLabel("Temperature").fill("3");
    await page.getByLabel("Webhook").check();
    await page.getByLabel("URL").fill("");
    await save();
    await alertAt("Temperature").waitFor();
    assert.equal(await alertAt("Temperature").textContent(), "must be a number from 0 to 1, got 3");
    assert.equal(await alertAt("URL").textContent(), "is required when webhook is true");
    assert.equal(await page.getByRole("alert").count(), 2);
    // Only the API checks the URL.
    await page.getByLabel("Temperature").fill("0.5");
    await page.getByLabel("URL").fill("nowhere");
    await save();
    await alertAt("URL").filter({ hasText: "absolute" }).waitFor();
    assert.equal(await page.getByRole("alert").count(), 1);
    await page.getByLabel("URL").fill("https://app.example.com/calls");
    await save();
    await page.locator("output", { hasText: "Saved" }).waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
    // The browser logs the response with the status 400.
    assert.deepEqual(errors, []);
  });

  test(`${name}: the recording plays, and unmounting cleans up`, async (t) => {
    const { page, errors } = await open(t, framework);
    await page.waitForFunction(() => document.querySelector("audio").readyState > 0);
    await page.evaluate(() => window.unmount());
    await page.locator("li").first().waitFor({ state: "detached" });
    assert.equal(await page.locator("audio").count(), 0);
    assert.deepEqual(errors, []);
  });

  test(`${name}: unmounting aborts the requests in flight`, async (t) => {
    const { page, errors } = await open(t, framework, [{ type: "delay", ms: 60_000, operation: "getAgent" }]);
    const aborted = page.waitForEvent("requestfailed", (request) => request.url().includes("/get-agent/"));
    await page.evaluate(() => window.unmount());
    await aborted;
    assert.deepEqual(errors, []);
  });
}

test("the program for React type-checks", (t) => {
  const folder = makeProject(t, FRAMEWORKS.React);
  const tsc = join(root, "tests/node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--jsx", "react-jsx", "--lib", "es2022,dom,dom.iterable", "--preserveSymlinks"];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, join(folder, "app.tsx")], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
