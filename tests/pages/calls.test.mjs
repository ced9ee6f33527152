// Calls: the confirmation, the outcome, and the playback of recordings.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { HOST, recordingElsewhere, wav } from "./recordings.mjs";
import { asTheRealApi, makeWorld, openContact, openPage, requests } from "./support.mjs";

const callButton = (page) => page.getByRole("button", { name: "Call", exact: true });
const startButton = (page) => page.getByRole("button", { name: "Start the call" });
const slider = (page) => page.getByRole("slider", { name: /^Place in the recording/ });
const playButton = (page) => page.getByRole("button", { name: /^Play the recording/ });
const pauseButton = (page) => page.getByRole("button", { name: /^Pause the recording/ });
const freshLink = (page) => page.getByRole("button", { name: "Get a fresh link" });
const audio = (page, read) => page.locator("audio").first().evaluate(read);
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Opens the calls of the contact with a recording, and plays the first one unless `press` is false. */
async function openRecording(page, world, { press = true } = {}) {
  const recorded = world.calls.find((call) => call.status === "completed" && call.contact_id === world.contacts[0].id);
  await openContact(page, recorded.contact_id);
  await page.getByRole("tab", { name: "Calls" }).click();
  if (!press) return;
  await page.getByRole("button", { name: /^Play recording/ }).first().click();
}

async function untilPlaying(page) {
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0.1);
}

/** Opens the contact where the API has no lists. */
async function openOnRealApi(page, world) {
  const input = page.getByLabel("Open contact by id");
  await input.fill(world.contacts[0].id);
  await input.press("Enter");
  await page.locator("#conversation .composer").waitFor();
}

async function fillRealCall(page, world) {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Id of the agent that calls").fill(world.agents[0].id);
  await dialog.getByLabel("Organization", { exact: true }).fill(world.organization_id);
  await dialog.getByLabel("Sub-account", { exact: true }).fill(world.sub_account_id);
}

// Before a call

test("a call starts once, after a confirmation, and its progress shows in the list", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const before = (await world.deliveries("makeAiCall")).length;
  await callButton(page).click();
  const dialog = page.getByRole("dialog", { name: /^Call / });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal((await world.deliveries("makeAiCall")).length, before);

  await callButton(page).click();
  await dialog.getByLabel("Agent that calls").selectOption(world.agents[0].id);
  await startButton(page).click();
  const done = page.getByRole("dialog", { name: /^Calling / });
  await done.getByText(/is calling/).waitFor();
  await page.keyboard.press("Enter");
  // A call takes ten seconds in the sandbox, so it may have ended by now on a slow machine.
  const row = page.locator(".call-row").first();
  await page.locator(".call-row").nth(1).waitFor();
  await row.locator(".badge", { hasText: /call initiated|in progress|completed/ }).waitFor();
  await row.getByText("The recording is available when the call is over.").or(row.getByRole("button", { name: /^Play recording/ })).waitFor();
  const calls = (await world.deliveries("makeAiCall")).slice(before);
  assert.equal(calls.length, 1);
  assert.equal(calls[0].request.contact_id, world.contacts[0].id);
  await page.locator(".call-row").first().locator(".badge", { hasText: "completed" }).waitFor({ timeout: 60_000 });
  await page.locator(".call-row").first().getByRole("button", { name: /^Play recording/ }).waitFor();
  assert.deepEqual(errors, []);
});

test("the confirmation names the phone, and neither Enter nor Escape starts the call", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const { name, phone } = world.contacts[0];
  await callButton(page).focus();
  await page.keyboard.press("Enter");
  const facts = page.getByRole("dialog").getByRole("group").first();
  assert.match(await facts.textContent(), new RegExp(`${name}\\${phone}.*sandbox`));
  assert.ok(await isFocused(facts), "a screen reader starts with what will happen");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.ok(await isFocused(callButton(page)));
  assert.equal((await requests(world, "makeAiCall")).length, 0);
});

test("an error stays in the dialog that caused it", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await callButton(page).click();
  const dialog = page.getByRole("dialog", { name: /^Call / });
  await dialog.getByText("Organization and sub-account").click();
  await dialog.getByLabel("Organization", { exact: true }).fill("");
  await dialog.getByText("Organization and sub-account").click();
  await startButton(page).click();
  await dialog.locator(".field-error", { hasText: "Organization: enter a value." }).waitFor();
  await dialog.getByLabel("Organization", { exact: true }).fill(world.other_organization_id ?? "someone else’s");
  await startButton(page).click();
  await dialog.getByRole("alert").filter({ hasText: "permission" }).waitFor();
  assert.equal((await world.deliveries("makeAiCall")).length, 0);
});

// The browser cuts the connection, not the sandbox: Chromium resends a request, even a POST, when a
// kept-alive connection is reset before a response.
test("a call whose answer is lost but that started is shown as started, and not repeated", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  let attempts = 0;
  await page.route("**/make-ai-call/*", async (route) => {
    attempts += 1;
    // The request arrives, but its answer does not.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await callButton(page).click();
  await startButton(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("No answer arrived, but the call started: it is in the sandbox’s list.").waitFor();
  await page.locator(".wire tr.failed", { hasText: "makeAiCall" }).waitFor();
  assert.equal(await dialog.getByText(/may have started|did not/).count(), 0, "no contradiction");
  assert.deepEqual(await dialog.locator(".dialog-actions button").allInnerTexts(), ["Done"]);
  await dialog.getByRole("button", { name: "Done" }).click();
  assert.equal(attempts, 1);
  await page.locator(".call-row").nth(1).waitFor();
  assert.equal((await requests(world, "makeAiCall")).length, 1);
});

test("a call that did not start says so, and another attempt asks again", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.route("**/make-ai-call/*", (route) => route.abort("connectionreset"));
  await callButton(page).click();
  await startButton(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("The call did not start: the sandbox lists no new call").waitFor();
  assert.equal(await dialog.getByText("may have started").count(), 0, "no contradiction");
  await dialog.getByRole("button", { name: "Call again" }).click();
  await page.getByRole("dialog", { name: /^Call .*\?/ }).getByRole("button", { name: "Cancel" }).click();
  assert.equal((await requests(world, "makeAiCall")).length, 0);
});

test("the outcome of a call is shown when its dialog was closed meanwhile", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  let answer;
  const answered = new Promise((resolve) => { answer = resolve; });
  await page.route("**/make-ai-call/*", async (route) => {
    await answered;
    await route.fulfill({ status: 400, json: { error: true, message: "the line is engaged" } });
  });
  await callButton(page).click();
  await startButton(page).click();
  await page.getByRole("button", { name: "Calling…" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // The next confirmation says that a call is in progress.
  await callButton(page).click();
  await page.getByRole("dialog").getByText(/is being started/).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  answer();
  await page.getByRole("dialog", { name: /was not started$/ }).getByText("the line is engaged").waitFor();
});

// The API itself, which has no lists

test("on the real API, a call is listed with the API's answer, also after a reload", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world, { before: asTheRealApi, ready: false });
  await openOnRealApi(page, world);
  await callButton(page).click();
  await page.getByRole("dialog").getByText("This is a real call.").waitFor();
  await fillRealCall(page, world);
  await startButton(page).click();
  await page.getByRole("dialog").getByText("in the list under Calls").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.locator(".call-row");
  await row.getByText("call initiated").waitFor();
  await row.getByText(/API’s answer at the start/).waitFor();
  assert.match(await row.textContent(), new RegExp(world.agents[0].name));

  await page.reload();
  await page.getByRole("tab", { name: "Calls" }).click();
  await row.getByText("call initiated").waitFor();

  // The webhook brought the id.
  const { id: call_id } = (await world.deliveries("makeAiCall")).at(-1);
  await recordingElsewhere(page);
  await row.getByRole("button", { name: "Add the call’s id" }).click();
  await page.getByLabel("Call id or call_sid from the webhook").fill(call_id);
  await page.keyboard.press("Enter");
  await slider(page).waitFor();
  assert.equal(await row.count(), 1, "it is the same call");
  await row.getByText("recorded", { exact: true }).waitFor();
  assert.match(await row.textContent(), new RegExp(world.agents[0].name));
  assert.deepEqual(errors, []);
});

test("on the real API, a call that may have started is listed as such", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: asTheRealApi, ready: false });
  await openOnRealApi(page, world);
  await page.route("**/make-ai-call/*", (route) => route.abort("connectionreset"));
  await callButton(page).click();
  await fillRealCall(page, world);
  await startButton(page).click();
  const dialog = page.getByRole("dialog", { name: "Did the call start?" });
  await dialog.getByRole("alert").getByText(/Find out whether it rang before you call again/).waitFor();
  const again = dialog.getByRole("button", { name: "Call again" });
  assert.ok(await again.isDisabled());
  await dialog.getByLabel("I found out that the phone did not ring.").check();
  await again.click();
  const question = page.getByRole("dialog", { name: /^Call .*\?/ });
  await question.getByText(/at .* may still be in progress/).waitFor();
  await question.getByRole("button", { name: "Start the call" }).click();
  await dialog.waitFor();
  await page.getByRole("button", { name: "Show the calls" }).click();
  await page.locator(".call-row .badge", { hasText: "may have started" }).first().waitFor();
  await callButton(page).click();
  await page.getByRole("dialog").getByText(/at .* may still be in progress/).waitFor();
});

// Recordings

test("a recording plays, seeks by keyboard and pointer, and changes its speed", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  const { asked } = await recordingElsewhere(page, { seconds: 190 });
  await openRecording(page, world);
  await untilPlaying(page);
  await page.getByText(/^Link works for (59|60) more minutes$/).waitFor();
  await pauseButton(page).click();
  await playButton(page).waitFor();

  await slider(page).press("Home");
  for (const [key, text] of [["ArrowRight", "0:05 of 3:10"], ["PageUp", "0:24 of 3:10"], ["ArrowLeft", "0:19 of 3:10"], ["End", "3:10 of 3:10"], ["Home", "0:00 of 3:10"]]) {
    await slider(page).press(key);
    assert.equal(await slider(page).getAttribute("aria-valuetext"), text);
  }
  const { width, height } = await slider(page).boundingBox();
  await slider(page).click({ position: { x: width / 2, y: height / 2 } });
  assert.match(await slider(page).getAttribute("aria-valuetext"), /^1:3[3-7] of 3:10$/);
  assert.ok(await audio(page, (element) => Math.abs(element.currentTime - 95) < 3));

  await page.getByLabel(/^Speed of/).selectOption("1.5");
  assert.equal(await audio(page, (element) => element.playbackRate), 1.5);
  await slider(page).press(" ");
  await pauseButton(page).waitFor();
  assert.equal(await audio(page, (element) => element.playbackRate), 1.5);
  assert.equal(asked.length, 1);
  assert.deepEqual(errors, []);
});

test("the position moves with the sound, smoothly unless reduced motion is set", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world, { reducedMotion: "no-preference" });
  await recordingElsewhere(page);
  await openRecording(page, world);
  await untilPlaying(page);
  const { places, frames } = await page.evaluate(async () => {
    const found = new Set();
    const bar = document.querySelector(".seek-bar input");
    const end = document.querySelector("audio").currentTime + 1;
    let frames = 0;
    for (; document.querySelector("audio").currentTime < end; frames += 1) {
      found.add(bar.value);
      await new Promise(requestAnimationFrame);
    }
    return { places: found.size, frames };
  });
  // A busy machine draws fewer frames. Following the audio element's events alone would give four positions.
  assert.ok(places > Math.min(6, frames / 2), `${places} places in ${frames} frames`);
  assert.deepEqual(errors, []);
});

test("a recording whose sound does not arrive shows that it is loading, and can be stopped", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  let release;
  const released = new Promise((resolve) => { release = () => resolve(true); });
  await recordingElsewhere(page, { works: () => released });
  await openRecording(page, world);
  const time = page.locator(".player-time");
  await time.getByText("Loading…").waitFor();
  assert.ok(await isFocused(pauseButton(page)));
  await pauseButton(page).click();
  await time.getByText("0:00 / 0:00").waitFor();
  await playButton(page).click();
  release();
  await untilPlaying(page);
});

test("times, URLs and file names are formatted", async (t) => {
  const { page } = await openPage(t, await makeWorld());
  const found = await page.evaluate(async () => {
    const { clockOf, fileName, peaksOf, timeLeft, untilNextChange, webAddress } = await import("./app/calls/recording.js");
    const calls = await import("./app/texts/calls.js");
    const [second, minute, hour] = [1_000, 60_000, 3_600_000];
    return {
      clocks: [0, 42.9, 190, 3725, NaN, Infinity].map(clockOf),
      left: [59 * second, minute, 14.5 * minute, 119.9 * minute, 5.5 * hour].map((ms) => calls.linkWorks(timeLeft(ms))),
      // After the next change the text differs, or the link has expired.
      changes: [59 * second, minute, 14.5 * minute, 121 * minute, 5.5 * hour].every((ms) =>
        ms - untilNextChange(ms) <= 0 || calls.linkWorks(timeLeft(ms)) !== calls.linkWorks(timeLeft(ms - untilNextChange(ms)))),
      addresses: ["https://a.example/b", "/r.wav", "javascript:1", "data:audio/wav,", "blob:x", "file:///a", "http://", null].map((value) => webAddress(value, "http://base.example/") !== null),
      names: [fileName({ id: "a/b c", url: "https://a.example/x.mp3?y" }), fileName({ id: "", url: "https://a.example/x" }, "audio/mpeg"), fileName({ id: "z", url: "https://a.example/x" })],
      peaks: peaksOf([[0, 0.1, -0.5, 0.25], [0, 0, 0, 0]], 2),
    };
  });
  assert.deepEqual(found, {
    clocks: ["0:00", "0:42", "3:10", "1:02:05", "0:00", "0:00"],
    left: ["Link works for less than a minute", "Link works for 1 more minute", "Link works for 14 more minutes", "Link works for 119 more minutes", "Link works for 5 more hours"],
    changes: true,
    // "null" is a path on the page's own host that does not exist: it does no harm.
    addresses: [true, true, false, false, false, false, false, true],
    names: ["call-a-b-c.mp3", "call-recording.mp3", "call-z.audio"],
    peaks: [0.2, 1],
  });
});

test("a recording shows its waveform, and can be saved as a file", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await recordingElsewhere(page, { seconds: 3 });
  await openRecording(page, world);
  const link = page.getByRole("link", { name: "Download" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.match(download.suggestedFilename(), /^call-[\w-]+\.wav$/);
  assert.deepEqual(await readFile(await download.path()), wav(3));
  // Bars of different heights, not one line: some columns are tall, and some are not.
  const heights = await page.locator(".seek-bar canvas").evaluate((canvas) => {
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_, y) => data[(y * width + x) * 4 + 3] > 127).filter(Boolean).length);
  });
  assert.ok(Math.max(...heights) > 40);
  assert.ok(new Set(heights).size > 8, `heights ${[...new Set(heights)]}`);
});

test("the recording's host gets no key, no cookie and no referrer", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await page.context().addCookies([{ name: "visitor", value: "1", url: HOST, sameSite: "None", secure: true }]);
  const { loaded } = await recordingElsewhere(page);
  await openRecording(page, world);
  await page.getByText("Download", { exact: true }).waitFor();
  const all = await Promise.all(loaded.map(async (request) => ({ type: request.resourceType(), url: request.url(), headers: await request.allHeaders() })));
  assert.deepEqual([...new Set(all.map(({ type }) => type))].sort(), ["fetch", "media"]);
  for (const { type, url, headers } of all) {
    assert.ok(!JSON.stringify([url, headers]).includes(world.api_key), `the key went along with a ${type}`);
    for (const name of ["x-api-key", "authorization", "referer"]) assert.equal(headers[name], undefined, `${name} of a ${type}`);
    if (type === "fetch") assert.equal(headers.cookie, undefined);
  }
});

test("a recording from a host without CORS plays, with a plain bar", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await recordingElsewhere(page, { bytes: "cors", expires_in_seconds: null });
  await openRecording(page, world);
  await untilPlaying(page);
  await page.getByText("Link does not expire").waitFor();
  const link = page.getByRole("link", { name: "Open the file" });
  assert.equal(await link.getAttribute("rel"), "noreferrer");
  assert.ok((await link.getAttribute("href")).startsWith(HOST));
  await slider(page).press("End");
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "3:10 of 3:10");
});

test("an expiring link counts down, and a fresh one keeps the position with one request", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: (page) => page.clock.install() });
  let expired = false;
  const { asked, loaded } = await recordingElsewhere(page, { bytes: "refused", expires_in_seconds: 50, works: (url) => !expired || url.searchParams.get("link") !== "1" });
  await openRecording(page, world);
  await untilPlaying(page);
  await page.getByText("Link works for less than a minute").waitFor();
  await pauseButton(page).click();
  await slider(page).press("Home");
  await slider(page).press("PageUp");
  await page.clock.runFor(51_000);
  await freshLink(page).waitFor();
  assert.equal(await page.getByRole("link", { name: "Open the file" }).count(), 0, "an expired link is not offered");
  expired = true;
  await freshLink(page).click();
  await page.waitForFunction(() => document.querySelector("audio").readyState > 0 && Math.abs(document.querySelector("audio").currentTime - 19) < 0.5);
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "0:19 of 3:10");
  assert.ok(await audio(page, (element) => element.paused), "play was not pressed");
  assert.ok(await isFocused(playButton(page)));
  assert.equal(asked.length, 2);
  assert.equal(new URL(loaded.at(-1).url()).searchParams.get("link"), "2");

  // Pressing play requests a fresh link, too.
  await page.clock.runFor(51_000);
  await freshLink(page).waitFor();
  await playButton(page).click();
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 19.1);
  assert.equal(asked.length, 3);
});

test("a loaded recording plays after its link has expired, without another request", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world, { before: (page) => page.clock.install() });
  let expired = false;
  const { asked } = await recordingElsewhere(page, { expires_in_seconds: 50, works: () => !expired });
  await openRecording(page, world);
  await page.getByText("Download", { exact: true }).waitFor();
  await pauseButton(page).click();
  await page.clock.runFor(51_000);
  await page.getByText(/^Link expired; the recording stays here/).waitFor();
  expired = true;
  await slider(page).press("End");
  await slider(page).press("PageDown");
  await playButton(page).click();
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 171.1);
  assert.equal(asked.length, 1);
});

test("a broken link says so, and so does a fresh one that cannot be fetched", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  const { asked } = await recordingElsewhere(page, { works: () => false });
  await openRecording(page, world);
  await page.getByText("The link does not play.", { exact: true }).first().waitFor();
  await page.route("**/get-call-recording/*", (route) => route.fulfill({ status: 403, json: { error: true, message: "not yours any more" } }));
  await freshLink(page).click();
  await page.locator(".player [role=alert]", { hasText: "not yours any more" }).waitFor();
  assert.equal(asked.length, 1);
  await freshLink(page).waitFor();
});

test("a file that the browser cannot play can be saved", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await recordingElsewhere(page);
  await page.route(`${HOST}/**`, (route) => route.fulfill({ body: "not a sound", contentType: "audio/x-unheard-of", headers: { "access-control-allow-origin": "*" } }));
  await openRecording(page, world);
  await page.getByText(/cannot play the file/).first().waitFor();
  assert.ok(await playButton(page).isDisabled());
  await page.getByRole("link", { name: "Download" }).waitFor();
});

test("one recording plays at a time, and playback stops when another contact opens", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await recordingElsewhere(page);
  await openRecording(page, world);
  await untilPlaying(page);
  await page.evaluate(() => { window.first = document.querySelector("audio"); });
  await page.getByLabel("Recording by call id or call_sid").fill("another-call");
  await page.keyboard.press("Enter");
  const second = page.locator('.call-row[data-id="another-call"]');
  const play = second.getByRole("button", { name: /^Play the recording/ });
  await play.waitFor();
  assert.ok(await isFocused(play), "a found recording does not start by itself");
  assert.equal(await page.evaluate(() => window.first.paused), false);
  await play.click();
  await page.waitForFunction(() => window.first.paused);
  await second.locator("audio").evaluate((element) => { window.second = element; });
  await openContact(page, world.contacts[1].id);
  await page.waitForFunction(() => window.second.paused);
});

test("a recording that is not available yet says when to check, and plays at the next check", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await world.faults({ operation: "getCallRecording", type: "answer", status: 404, body: { error: true, message: "Recording not found" }, times: 1 });
  await openRecording(page, world);
  await page.getByText("No recording yet", { exact: true }).waitFor();
  const look = page.getByRole("button", { name: "Check again" });
  assert.ok(await isFocused(look));
  await look.click();
  await untilPlaying(page);
});

test("a recording URL that is not http or https is never loaded", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openPage(t, world);
  await recordingElsewhere(page, { recording_url: "javascript:document.title='taken'" });
  await openRecording(page, world);
  await page.getByText("This address cannot be played", { exact: true }).waitFor();
  assert.equal(await page.locator("audio").count(), 0);
  await page.unroute("**/get-call-recording/*");
  await page.getByRole("button", { name: "Request it again" }).click();
  await untilPlaying(page);
  assert.deepEqual(errors, []);
});

test("a recording is found by its call's id, also for a call with another contact", async (t) => {
  const world = await makeWorld();
  const { page } = await openPage(t, world);
  await openContact(page, world.contacts[5].id);
  await page.getByRole("tab", { name: "Calls" }).click();
  const input = page.getByLabel("Recording by call id or call_sid");
  await page.getByRole("button", { name: "Find recording" }).click();
  await page.locator(".open-call .field-error").waitFor();
  await input.fill("no-such-call");
  await page.getByRole("button", { name: "Find recording" }).click();
  await page.locator(".open-call [role=alert]").filter({ hasText: "not_found" }).waitFor();

  const other = world.calls.find((call) => call.status === "completed" && call.contact_id === world.contacts[0].id);
  await input.fill(other.call_sid);
  await page.keyboard.press("Enter");
  await slider(page).waitFor();
  await page.locator(".call-row").getByText(`with ${world.contacts[0].name}`).waitFor();
  assert.ok(await audio(page, (element) => element.paused), "it plays only on request");
  await openContact(page, world.contacts[0].id);
  await page.getByRole("tab", { name: "Calls" }).click();
  await page.locator(`.call-row[data-id="${other.call_id}"]`).waitFor();
});
