/** `npx centerfy sandbox` as Playwright's `webServer`, with the configuration of docs/testing.md, and with wait-on. */
import { once } from "node:events";
import { symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { playwrightConfig } from "../readme/blocks.mjs";
import { CHROMIUM, browsers } from "./support/browsers.mjs";
import { run, serve } from "./support/processes.mjs";
import { runTool } from "./support/programs.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const FAMILY = "playwright";
/** The port in the document, which another process of this machine may use. */
const SHOWN = "8787";

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
};

/** The document's configuration with a free port and this machine's browser. */
const CONFIG = `
import shown from "./shown.config";

const { CHROMIUM, CHROMIUM_FLAGS } = process.env;
export default { ...shown, reporter: "json", use: { launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_FLAGS.split(" ") } } };
`;

const filesOf = (port) => ({
  "shown.config.ts": `text:${playwrightConfig.text.replace(SHOWN, String(port)).replace("sandbox ", `sandbox --port ${port} `)}`,
  "playwright.config.ts": `text:${CONFIG}`,
  "port.ts": `text:export const port = ${port};\n`,
  "page.spec.ts": `${FAMILY}/page.spec.ts`,
});

/** Links the package's command like npm. */
const linkCommand = (project) => symlink("../centerfy/cli.js", join(project, "node_modules/.bin/centerfy"));

/** wait-on polls with HEAD, with GET, and the health endpoint, until each responds. */
const waitOn = async (project) => {
  const cli = join(project, "node_modules/centerfy/cli.js");
  const { match, stop } = await serve(process.execPath, [cli, "sandbox", "--quiet", "--port", "0"], { cwd: project, ready: /http:\/\/(\S+)/ });
  const [url, address] = match;
  const waited = [url, `http-get://${address}`, `${url}/_sandbox/health`];
  await runTool(FAMILY, "wait-on/bin/wait-on", ["--timeout", "20000", ...waited], project);
  await stop();
  return waited.length;
};

const playwright = {
  name: "playwright",
  needs: { npm: [FAMILY], debian: browsers.chromium.debian },
  version: async () => `Playwright ${await versionOf(await npm(FAMILY), "@playwright/test")}`,
  async test(context) {
    const project = await makeWholeProject(context, FAMILY, this.name, filesOf(await freePort()));
    await linkCommand(project);
    const waited = await waitOn(project);
    const env = { CHROMIUM: await browsers.chromium.find(), CHROMIUM_FLAGS: CHROMIUM.join(" "), CI: "true" };
    const report = JSON.parse(await run(process.execPath, [join(project, "node_modules/@playwright/test/cli.js"), "test"], { cwd: project, env }));
    const { expected, unexpected, flaky, skipped } = report.stats;
    if (!expected || unexpected || flaky || skipped) throw new Error(JSON.stringify(report.stats));
    return `${expected} test on the sandbox, ${waited} URLs waited for`;
  },
};

export const setups = [playwright];
