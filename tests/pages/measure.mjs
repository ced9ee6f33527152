// Run by hand, since a test must not depend on a machine's speed: the time until the page can be used,
// over five visits with an empty cache, and the transfer sizes.
//
//   CENTERFY_DEMO=http://127.0.0.1:8787/ node tests/pages/measure.mjs

import { sizes, total } from "./sizes.mjs";
import { closeBrowser, makeWorld, openPage } from "./support.mjs";

const VISITS = 5;

/** Milliseconds from navigation until a message can be sent, by the page's own clock. */
async function visit() {
  let end;
  const { page } = await openPage({ after: (close) => { end = close; } }, await makeWorld(), { ready: false });
  await page.locator(".composer textarea").click({ trial: true });
  await page.locator("#agent [name=name]").waitFor();
  const spent = await page.evaluate(() => ({
    "first paint": performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    // The page can be used one frame after the last answer.
    "can be used": Math.max(...performance.getEntriesByType("resource").filter(({ name }) => /get-(agent|contact)/.test(name)).map(({ responseEnd }) => responseEnd)),
  }));
  await end();
  return spent;
}

const visits = [];
for (let count = 0; count < VISITS; count += 1) visits.push(await visit());
await closeBrowser();
for (const what of Object.keys(visits[0])) {
  const times = visits.map((visit) => Math.round(visit[what]));
  console.log(`${what.padEnd(12)} ${times.join(", ")} ms; the middle one ${times.toSorted((a, b) => a - b)[Math.floor(VISITS / 2)]} ms`);
}

for (const [copy, measured] of Object.entries(await sizes())) {
  for (const [path, bytes] of measured) console.log(`${String(bytes).padStart(6)} ${path}`);
  console.log(`${String(total(measured)).padStart(6)} bytes with brotli, without the sandbox (${copy})`);
}
