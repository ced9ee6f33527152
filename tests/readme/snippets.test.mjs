// Each program in the README runs unchanged against the sandbox, and has correct types.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { compilers, run as compile } from "../types/compile.mjs";
import { makeWorld, sandbox } from "../node/support.mjs";
import { controlOf } from "../support/control.mjs";
import { SURROUNDINGS, programs, scriptOf } from "./blocks.mjs";
import { deno, makeProject, run, write, writeBlock } from "./project.mjs";

const project = makeProject();
after(project.remove);

const names = new Map(programs.map((block, i) => [block, `block-${i + 1}.mjs`]));
for (const [block, name] of names) writeBlock(project, name, block);
const nameOf = (heading) => names.get(programs.find((block) => block.heading === heading));

/** Starts a web server with the README's proxy, and runs a block as in a page of it. */
const PAGE = `
  import { createServer } from "node:http";
  import { once } from "node:events";
  import { proxy } from "./${nameOf("Keep the key off the page")}";
  const server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { method, headers, url } = request;
    const body = pieces.length ? Buffer.concat(pieces) : undefined;
    const own = { ...headers, cookie: "session=mia", origin: "http://" + headers.host };
    const answer = await proxy(new Request("http://" + headers.host + url, { method, headers: own, body }));
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(await answer.text());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const body = { append: (text) => console.log(text) };
  globalThis.document = { body, set title(text) { console.log(text); } };
  globalThis.window = globalThis;
  globalThis.location = new URL("http://127.0.0.1:" + server.address().port + "/page.html");
`;
const END = "server.closeAllConnections(); server.close();";

/**
 * How blocks run that are not whole programs, by their headings. Comments name the tests of their real environments,
 * which test the whole package, but not these lines.
 */
const special = {
  // tests/runtimes/browsers.mjs, bundlers.mjs and vite.mjs
  "Browsers, with a bundler": (name) => `${PAGE} await import("./${name}"); ${END}`,
  "Browsers, without a bundler": (name) => `${PAGE} await import("./${name}"); ${END}`,
  // tests/runtimes/next/
  "Next.js": (name) => `
    const { GET } = await import("./${name}");
    const answer = await GET(new Request("http://next.test/"), { params: Promise.resolve({ id: agentId }) });
    console.log((await answer.json()).name);`,
  // tests/runtimes/cloudflare/
  "Cloudflare Workers": (name) => `
    const { default: worker } = await import("./${name}");
    const answer = await worker.fetch(new Request("http://worker.test/" + agentId), process.env);
    console.log((await answer.json()).name);`,
  // tests/runtimes/deno-bun.mjs, and the real Deno below
  Deno: (name) => `globalThis.Deno = { env: { get: (name) => process.env[name] } }; await import("./${name}");`,
  "Shipping the WebAssembly as a separate file": (name) => {
    write(project.folder, "app.js", `import { Centerfy } from "centerfy"; globalThis.Bundled = Centerfy;`);
    return `
      await import("./${name}");
      await import("./dist/app.js");
      const apiKey = process.env.CENTERFY_API_KEY;
      console.log((await new Bundled({ apiKey }).getAgent(agentId)).name);`;
  },
  "Keep the key off the page": (name) => `
    const { proxy } = await import("./${name}");
    const headers = { cookie: "session=mia" };
    const answer = await proxy(new Request("http://own.test/api/centerfy/get-agent/" + agentId, { headers }));
    console.log((await answer.json()).name);`,
  // On a Tuesday at noon, when people may be reached.
  "A list": (name) => `
    const [now, then] = [Date.now, Date.now()];
    Date.now = () => Date.parse("2026-12-01T11:00:00Z") + now() - then;
    await import("./${name}");`,
  "Idempotency": (name) => `${PAGE} await import("./${name}"); ${END}`,
};

/** The blocks that use another instance than the reader's. */
const elsewhere = new Set(["Over HTTP", "The sandbox", "Many people", "Pages, and jsdom or happy-dom", "In your tests", "Browsers, without a bundler", "Look, then settle"]);

/** The blocks that print nothing on success. */
const silent = new Set(["Errors", "Timeouts and abort", "Idempotency"]);

const report = (block) => `${block.file}:${block.line} (${block.heading})`;

test("the README has programs", () => assert.ok(programs.length >= 14));

for (const [block, name] of names) {
  test(`${report(block)} runs`, async () => {
    const body = special[block.heading]?.(name) ?? `await import("./${name}");`;
    const main = write(project.folder, `main-${name}`, `import "./reader.mjs";\n${body}\n`);
    const world = block.language === "html" ? await wellKnown() : await makeWorld();
    const { out, err, code, requests } = await run(project, main, { world });
    assert.equal(err, "");
    assert.equal(code, 0, out);
    if (!silent.has(block.heading)) assert.notEqual(out, "", "it prints something");
    assert.ok(!out.includes(world.api_key));
    if (elsewhere.has(block.heading)) return;
    assert.ok(requests.some(({ carried_out }) => carried_out), "it asks for something");
    assert.ok(requests.every(({ status }) => status < 300), JSON.stringify(requests));
  });
}

/** The instance of the key that the sandbox's documentation names. */
async function wellKnown() {
  const { requests } = await makeWorld();
  return { ...(await controlOf(sandbox)("GET", "/cfy_sandbox")), requests };
}

test("the lines for Deno run in Deno", { skip: !deno() && "Deno is not installed" }, async () => {
  const main = write(project.folder, "main-deno.mjs", `import "./reader.mjs";\nawait import("./${nameOf("Deno")}");\n`);
  const args = ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env"];
  const { out, err, code, requests } = await run(project, main, { command: deno(), args });
  assert.equal(code, 0, err);
  assert.notEqual(out, "");
  assert.equal(requests.length, 1);
});

test("the page's import map leads to the package's file", () => {
  const { text } = programs.find(({ language }) => language === "html");
  const { imports } = JSON.parse(text.match(/<script type="importmap">\s*([\s\S]*?)<\/script>/)[1]);
  assert.ok(existsSync(join(project.folder, imports.centerfy)), imports.centerfy);
});

test("all programs have correct types", () => {
  const files = programs.map((block, i) => write(project.folder, `typed-${i + 1}.mts`, `${scriptOf(block)}\nexport {};\n`));
  files.push(write(project.folder, "surroundings.mts", SURROUNDINGS));
  const setUp = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2023", "dom", "dom.iterable"], types: ["node"] };
  const { output, status } = compile(project, compilers.at(-1), setUp, files);
  assert.equal(status, 0, output);
});
