// What was sent: the rate limit as it fills and empties, latency, and the last call as code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { callOften, choose, openActivity, untilSettled } from "./scenes/activity.mjs";
import { makeWorld, openPage, stopClock } from "./support.mjs";

const meter = (page) => page.getByRole("meter", { name: "Requests per minute" });
/** Milliseconds after which everything planned for the next frame is drawn. */
const A_MOMENT = 100;
const said = (page) => page.locator("#announcer");

test("the limit shows what is used, and resets when its minute is over", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: (page) => page.clock.install() });
  await stopClock(page);
  await callOften(page, "getAgent", [world.agents[0].id], 2);
  await untilSettled(page, 2);
  await page.clock.runFor(A_MOMENT);
  await page.getByText("2 of 60 this minute, all tabs").waitFor();
  assert.equal(await meter(page).getAttribute("aria-valuenow"), "2");
  assert.equal(await meter(page).getAttribute("aria-valuetext"), "In the last minute, the tabs of this browser sent 2 of 60 requests");
  await page.clock.runFor(61_000);
  await page.getByText("0 of 60 this minute").waitFor();
});

test("the limit counts the requests of all tabs with the same key, also before a reload", async (t) => {
  const [world, other] = [await makeWorld(), await makeWorld()];
  const { page } = await openPage(t, world);
  const used = (tab) => tab.locator(".limit-used").innerText().then(Number.parseInt);
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await tab.locator(".message").first().waitFor();
  const before = await used(tab);
  await callOften(page, "getAgent", [world.agents[0].id], 20);
  await untilSettled(page, 20);
  await tab.waitForFunction((least) => Number.parseInt(document.querySelector(".limit-used").textContent) >= least, before + 20);
  await page.reload();
  await page.waitForFunction((least) => Number.parseInt(document.querySelector(".limit-used").textContent) >= least, before + 20);
  // Another key has its own limit, and no key is stored.
  await page.context().addInitScript((key) => sessionStorage.setItem("centerfy-demo:key", key), other.api_key);
  const foreign = await page.context().newPage();
  await foreign.goto(page.url());
  await foreign.locator(".limit-used").waitFor();
  assert.ok(await used(foreign) < 20);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!kept.includes(world.api_key) && !kept.includes(other.api_key));
});

test("all columns of the requests are in view", async (t) => {
  for (const width of [1120, 1280]) {
    const { page } = await openPage(t, await makeWorld(), { width });
    await page.getByRole("button", { name: "Show what was sent" }).click();
    const table = page.locator(".wire-table");
    await table.getByText("getContactMessages").first().waitFor();
    assert.ok(await table.evaluate((element) => element.scrollWidth <= element.clientWidth), `${width} px`);
  }
});

test("queued requests are counted, and sent when slots are free", async (t) => {
  const world = await makeWorld({ rate_limit: { requests: 1_000, per_ms: 60_000 } });
  const { page, errors } = await openPage(t, world, { before: (page) => page.clock.install() });
  await stopClock(page);
  await callOften(page, "getAgent", [world.agents[0].id], 63);
  await untilSettled(page, 60);
  await page.clock.runFor(A_MOMENT);
  await page.getByText("60 of 60 this minute").waitFor();
  await page.locator(".limit-wait", { hasText: "3 waiting, next in 60 s" }).waitFor();
  assert.match(await meter(page).getAttribute("aria-valuetext"), /3 waiting, next in 60 s/);
  await page.getByText(/3 queued/).waitFor();
  await page.clock.runFor(30_000);
  await page.locator(".limit-wait", { hasText: "next in 30 s" }).waitFor();
  await page.clock.runFor(32_000);
  await page.locator(".limit-wait:empty").waitFor({ state: "attached" });
  await openActivity(page);
  await page.clock.runFor(A_MOMENT);
  await page.locator(".wire tr.queued", { hasText: "waited" }).first().waitFor();
  assert.deepEqual(errors, []);
});

test("a request that is stopped is no longer queued", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.evaluate(async (id) => {
    const { call } = await import("./app/client.js");
    for (let made = 0; made < 60; made += 1) call("getAgent", [id]).catch(() => {});
    window.stopping = new AbortController();
    call("getAgent", ["stopped"], { signal: window.stopping.signal }).catch(() => {});
  }, world.agents[0].id);
  await said(page).getByText(/The rate limit is reached/).waitFor({ state: "attached" });
  await page.locator(".limit-wait", { hasText: "3 waiting" }).waitFor();
  await page.evaluate(() => window.stopping.abort());
  await page.locator(".limit-wait", { hasText: "2 waiting" }).waitFor();
});

test("a Retry-After of the API shows in the limit", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "getAgent", type: "answer", status: 429, headers: { "retry-after": "50" } });
  await callOften(page, "getAgent", [world.agents[1].id], 1);
  await page.locator(".limit-wait", { hasText: /^the API asks to wait \d+ s$/ }).waitFor();
});

test("no timer runs while nothing changes", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { before: (page) => page.clock.install() });
  await stopClock(page);
  await page.clock.runFor(61_000);
  await page.getByText("0 of 60 this minute").waitFor();
  const changes = await page.evaluate(() => new Promise((resolve) => {
    const seen = [];
    new MutationObserver((records) => seen.push(...records.map(({ type }) => type)))
      .observe(document.getElementById("activity"), { subtree: true, childList: true, attributes: true, characterData: true });
    window.changes = () => seen.length;
    resolve();
  }).then(() => window.changes()));
  await page.clock.runFor(120_000);
  assert.equal(await page.evaluate(() => window.changes()), changes);
});

test("latency is a table with a mark for each attempt, reachable by keyboard and mouse", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "getCallRecording", type: "answer", status: 404, body: { error: true, message: "no" } });
  await callOften(page, "getCallRecording", ["CA1"], 1);
  await callOften(page, "getAgent", [world.agents[0].id], 3);
  await openActivity(page);
  const table = page.locator(".latency");
  const row = (operation) => table.getByRole("row", { name: new RegExp(`^${operation} `) });
  await row("getCallRecording").waitFor();
  assert.match(await row("getCallRecording").innerText(), /ms\s+\d+ ms\s+1$/);
  assert.equal(await table.locator("svg .failed, svg.failed").count(), 1, "one cross");
  const strip = table.getByRole("slider", { name: "Attempts of getAgent" });
  await strip.and(table.locator("[aria-valuemax='4']")).waitFor();
  await strip.focus();
  const readout = page.locator(".latency-readout");
  assert.match(await readout.innerText(), /getAgent: 200 after \d+ ms$/);
  assert.equal(await strip.getAttribute("aria-valuenow"), "4");
  await page.keyboard.press("Home");
  assert.equal(await strip.getAttribute("aria-valuenow"), "1");
  assert.equal(await strip.getAttribute("aria-valuetext"), await readout.innerText());
  await table.getByRole("slider", { name: "Attempts of getCallRecording" }).hover();
  assert.match(await readout.innerText(), /getCallRecording: 404 after/);
});

test("an attempt without an answer counts as failed, a stopped one does not", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openActivity(page);
  await world.faults({ operation: "archiveAgent", type: "stall_headers" });
  await page.evaluate(async (id) => {
    const { call } = await import("./app/client.js");
    await call("archiveAgent", [id], { maxRetries: 0, attemptTimeout: 300 }).catch(() => {});
  }, world.agents[0].id);
  await page.locator(".wire tr.failed", { hasText: "archiveAgent" }).filter({ hasText: "no answer" }).waitFor();
  await world.faults({ operation: "getCallRecording", type: "stall_headers" });
  await page.evaluate(async () => {
    const { call } = await import("./app/client.js");
    const stopping = new AbortController();
    const stopped = call("getCallRecording", ["CA1"], { signal: stopping.signal }).catch(() => {});
    requestAnimationFrame(() => stopping.abort());
    await stopped;
  });
  await page.locator(".wire tr.stopped", { hasText: "getCallRecording" }).waitFor();
  assert.equal(await page.locator(".latency th", { hasText: "getCallRecording" }).count(), 0);
});

test("the language is remembered, and the copied code does not contain the key", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { permissions: ["clipboard-read", "clipboard-write"] });
  await openActivity(page);
  const code = page.locator(".wire-code code");
  await code.getByText("process.env.CENTERFY_API_KEY").waitFor();
  await choose(page, "Rust");
  await code.getByText('std::env::var("CENTERFY_API_KEY")').waitFor();
  await page.reload();
  await code.getByText("use centerfy::").waitFor();
  await choose(page, "curl");
  await page.getByRole("button", { name: "Copy code" }).click();
  await said(page).getByText("code copied").waitFor({ state: "attached" });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^curl .*\n.*\$CENTERFY_API_KEY"$/s);
  assert.ok(!copied.includes(world.api_key));
});

test("code that reaches a person says so", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openActivity(page);
  await page.locator(".composer textarea").fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Each run is another message.").waitFor();
});

test("labels name requests, attempts and durations; the key is sent as the README says", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.locator(".wire-summary", { hasText: /^\d+ requests, 0 retries, 0 queued$/ }).waitFor();
  assert.deepEqual(await page.locator(".wire-table th").allTextContents(), ["Time", "Operation", "Attempt", "Result", "Duration"]);
  const code = page.getByRole("region", { name: "The last request in your code" });
  // Without `auth`: bearer is the default.
  await code.filter({ hasText: /new Centerfy\(\{\s+apiKey: process\.env\.CENTERFY_API_KEY,\s+baseUrl: "[^"]+",?\s+\}\)/ }).waitFor();
  await page.getByRole("radio", { name: "curl" }).check();
  await code.filter({ hasText: "Authorization: Bearer" }).waitFor();
});

test("on touch screens the plot says to tap, and a tap shows the attempt", async (t) => {
  const { page } = await openPage(t, await makeWorld(), { hasTouch: true, isMobile: true, width: 360, height: 740 });
  await page.locator('.views [data-view="activity"]').click();
  await page.locator(".latency-readout", { hasText: "Tap a mark to see that attempt." }).waitFor();
  await page.locator(".latency-strip").first().tap();
  await page.locator(".latency-readout", { hasText: / after / }).waitFor();
});
