/** One Chromium for all mounts: pages of a mount's own origin, and of another. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CHROMIUM, browsers } from "../support/browsers.mjs";
import { npm } from "../support/tools.mjs";

const PAGE = "/page-of-the-suite";
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

/** Has a page of that origin, with the package's script beside it. What it asks for goes to the server itself. */
const pageOf = async (context, origin, packed) => {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const script = await readFile(join(packed, "node_modules/centerfy/index.js"), "utf8");
  await page.route(`${origin}${PAGE}`, (route) => route.fulfill({ contentType: "text/html", body: "<title>A page</title>" }));
  await page.route(`${origin}${PAGE}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: script }));
  await page.goto(`${origin}${PAGE}`);
  return page;
};

/** Runs `act(Centerfy, given)` in a page of that origin. */
export const inPage = async ({ packed, origin, cookie, act, given }) => {
  opened ??= open();
  const context = await (await opened).newContext({ ignoreHTTPSErrors: true });
  try {
    if (cookie) await context.addCookies([{ name: "session", value: cookie, url: origin }]);
    const page = await pageOf(context, origin, packed);
    const source = `async ({ script, given }) => (${act})((await import(script)).Centerfy, given)`;
    return await page.evaluate(`(${source})(${JSON.stringify({ script: `${origin}${PAGE}.js`, given })})`);
  } finally {
    await context.close();
  }
};
