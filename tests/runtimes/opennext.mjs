/** Next on Cloudflare Workers by OpenNext, without additional configuration, in `wrangler dev`. */
import { join } from "node:path";
import { binaryOf } from "./node.mjs";
import { run, serve } from "./support/processes.mjs";
import { makeWholeProject } from "./support/project.mjs";
import { passed } from "./support/results.mjs";
import { npm, versionOf } from "./support/tools.mjs";

const FILES = {
  "wrangler.jsonc": "opennext/wrangler.jsonc",
  "open-next.config.ts": "opennext/open-next.config.ts",
  "next.config.mjs": "text:export default {};\n",
  "app/layout.jsx": "next/app/layout.jsx",
  "app/page.jsx": "text:export default () => <h1>centerfy</h1>;\n",
  "app/api/node/route.js": "next/app/api/node/route.js",
};

const openNext = {
  name: "opennext",
  needs: { npm: [".", "opennext"] },
  version: async () => `OpenNext ${await versionOf(await npm("opennext"), "@opennextjs/cloudflare")}`,
  async test(context) {
    const project = await makeWholeProject(context, "opennext", this.name, FILES);
    // wrangler requires a newer Node.js than this may be.
    const node = await binaryOf("22");
    const PATH = `${join(node, "..")}:${process.env.PATH}`;
    const env = { PATH, HOME: project, CI: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false" };
    await run(node, ["node_modules/.bin/opennextjs-cloudflare", "build"], { cwd: project, env, seconds: 300 });
    const args = ["node_modules/.bin/wrangler", "dev", "--ip=127.0.0.1", "--port=0"];
    const ready = /Ready on (http:\/\/127\.0\.0\.1:[1-9]\d*)/;
    const { match, stop } = await serve(node, args, { cwd: project, env, ready });
    try {
      const response = await fetch(`${match[1]}/api/node`);
      const text = await response.text();
      if (!response.ok) throw new Error(`the route answered ${response.status}: ${text.slice(0, 1000)}`);
      return `route ${passed(JSON.parse(text))} steps`;
    } finally {
      await stop();
    }
  },
};

export const setups = [openNext];
