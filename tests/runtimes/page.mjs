/**
 * The demo page on a static host, in a sub-path, with the sandbox in it: from `cargo xtask build
 * --page`, and from the package; and with a sandbox over the network.
 */
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { controlOf } from "../support/control.mjs";
import { browsers, look, versionOf } from "./support/browsers.mjs";
import { Missing } from "./support/missing.mjs";
import { serve } from "./support/processes.mjs";
import { exists, here, onPath } from "./support/tools.mjs";

/** A static host. */
const host = async (folder) => {
  const python = await onPath(["python3"], ["python3"]);
  const args = ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, "0"];
  const { match, stop } = await serve(python, args, { ready: /port (\d+)/ });
  return { url: `http://127.0.0.1:${match[1]}`, stop };
};

/** Drives the page at this path below the folder. */
const drive = async (browser, folder, page, elsewhere = {}) => {
  for (const file of ["drive.html", "drive.mjs", "report.js"]) await cp(join(here, "app", file), join(folder, file));
  const { url, stop } = await host(folder);
  return look(browser, `${url}/drive.html?${new URLSearchParams({ page, ...elsewhere })}`).finally(stop);
};

/** An instance of the sandbox whose contacts reply. */
const world = async (sandbox) => {
  const { api_key: key } = await controlOf(sandbox)("POST", "", { contact_replies: true });
  return { sandbox, key };
};

const onStaticHost = ([name, browser]) => ({
  name: `page-${name}`,
  needs: { debian: [...browser.debian, "python3"] },
  version: () => versionOf(browser),
  async test({ folder, packed, sandbox }) {
    const built = process.env.CENTERFY_PAGE;
    if (!built || !(await exists(built))) throw new Missing("CENTERFY_PAGE names no page: cargo xtask build --page FOLDER");
    const root = join(folder, this.name);
    await mkdir(join(root, "some"), { recursive: true });
    await cp(built, join(root, "some/where"), { recursive: true });
    await cp(join(packed, "node_modules/centerfy"), join(root, "some/package"), { recursive: true });
    const alone = await drive(browser, root, "some/where/");
    const inPackage = await drive(browser, root, "some/package/page/");
    const overHttp = await drive(browser, root, "some/where/", await world(sandbox));
    return `alone: ${alone}; in the package: ${inPackage}; over HTTP: ${overHttp}`;
  },
});

export const setups = Object.entries(browsers).map(onStaticHost);
