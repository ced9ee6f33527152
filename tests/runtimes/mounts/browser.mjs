/** One Chromium for all mounts: pages of a mount's own origin, and of another. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CHROMIUM, browsers } from "../support/browsers.mjs";
import { npm } from "../support/tools.mjs";

const PAGE = "/page-of-the-suite";
const SCRIPT = "/script-of-the-suite.js";
const PATIENCE = 15_000;

let opened;

const open = async () => {
  const { chromium } = createRequire(join(await npm(".."), "x.js"))("playwright-core");
  return chromium.launch({ executablePath: await browsers.chromium.find(), args: CHROMIUM });
};

export const closeBrowser = async () => {
  const browser = await opened;
  opened = undefined;
  await browser?.close();
};

/** The files of a page of the mount's origin. Its other requests go to the server itself. */
const serveHere = async (page, origin, packed) => {
  const script = await readFile(join(packed, "node_modules/centerfy/index.js"), "utf8");
  await page.route(`${origin}${PAGE}`, (route) => route.fulfill({ contentType: "text/html", body: "<title>A page</title>" }));
  await page.route(`${origin}${SCRIPT}`, (route) => route.fulfill({ contentType: "text/javascript", body: script }));
  await page.goto(`${origin}${PAGE}`);
};

/**
 * Runs `act(Centerfy, given)` in a page of `origin`, or of `elsewhere`, a server of the package's files.
 */
export const inPage = async ({ packed, origin, elsewhere, cookie, act, given }) => {
  opened ??= open();
  const context = await (await opened).newContext({ ignoreHTTPSErrors: true });
  try {
    if (cookie) await context.addCookies([{ name: "session", value: cookie, url: origin }]);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const script = elsewhere ? `${elsewhere}/index.js` : `${origin}${SCRIPT}`;
    await (elsewhere ? page.goto(script) : serveHere(page, origin, packed));
    const source = `async ({ script, given }) => (${act})((await import(script)).Centerfy, given)`;
    return await page.evaluate(`(${source})(${JSON.stringify({ script, given })})`);
  } finally {
    await context.close();
  }
};
