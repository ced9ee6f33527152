// centerfy/recordings: URLs that are renewed, against the sandbox's storage and with a stand-in for an audio element.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, failure, makeWorld, rejection, stub, stubbed, until } from "../node/support.mjs";
import { load } from "./support.mjs";

const { recordingUrl } = await load("recordings");

/** A client whose recordings have URLs with this lifetime, in seconds. Each request gets another URL. */
const recordings = (seconds) => {
  const fetch = stub((n) => answer({ call_id: "c", call_sid: "s", recording_url: `http://storage.test/${n}`, expires_in_seconds: seconds }));
  return { fetch, client: stubbed(fetch) };
};

test("get: many callers share one request, until the URL has less than a minute left", async (t) => {
  t.mock.timers.enable({ apis: ["Date"] });
  const { client, fetch } = recordings(3600);
  const recording = recordingUrl(client, "c");
  assert.equal(fetch.sent.length, 0);
  const urls = await Promise.all(Array.from({ length: 20 }, () => recording.get()));
  assert.deepEqual([...new Set(urls)], ["http://storage.test/1"]);
  t.mock.timers.setTime(3_539_000);
  assert.equal(await recording.get(), "http://storage.test/1");
  t.mock.timers.setTime(3_540_000);
  assert.equal(await recording.get(), "http://storage.test/2");
  assert.equal(fetch.sent.length, 2);
});

test("get: a URL that does not expire is requested once", async (t) => {
  t.mock.timers.enable({ apis: ["Date"] });
  const { client, fetch } = recordings(null);
  const recording = recordingUrl(client, "c");
  await recording.get();
  t.mock.timers.setTime(1e12);
  await recording.get();
  assert.equal(fetch.sent.length, 1);
});

test("get: a failure is not kept, and an abort ends only its own wait", async () => {
  const fetch = stub((n) => (n === 1 ? answer({}, 404) : answer({ recording_url: "http://storage.test/2", expires_in_seconds: 3600 })));
  const recording = recordingUrl(stubbed(fetch), "c");
  await failure(recording.get(), { code: "not_found" });
  const controller = new AbortController();
  const aborted = rejection(recording.get({ signal: controller.signal }));
  const other = recording.get();
  controller.abort("enough");
  assert.equal(await aborted, "enough");
  assert.equal(await other, "http://storage.test/2");
  assert.equal(await rejection(recording.get({ signal: AbortSignal.abort("early") })), "early");
  assert.equal(fetch.sent.length, 2);
});

test("ready waits until the recording exists", async (t) => {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const fetch = stub((n) => (n < 4 ? answer({}, 404) : answer({ recording_url: "http://storage.test/4", expires_in_seconds: 3600 })));
  const ready = recordingUrl(stubbed(fetch), "c").ready();
  for (let n = 1; n < 4; n++) {
    await turns(() => fetch.sent.length === n);
    t.mock.timers.tick(5_000);
  }
  assert.equal(await ready, "http://storage.test/4");
  assert.equal(fetch.sent.length, 4);
});

test("ready: a timeout, an abort, another error", async (t) => {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const missing = stub(() => answer({}, 404));
  const late = failure(recordingUrl(stubbed(missing), "c").ready({ timeout: 2_000 }), { code: "not_found" });
  for (let n = 1; n <= 2; n++) {
    await turns(() => missing.sent.length === n);
    t.mock.timers.tick(1_500);
  }
  await late;
  const controller = new AbortController();
  const sent = missing.sent.length;
  const aborted = rejection(recordingUrl(stubbed(missing), "c").ready({ timeout: 0, signal: controller.signal }));
  await turns(() => missing.sent.length > sent);
  controller.abort("enough");
  assert.equal(await aborted, "enough");
  await failure(recordingUrl(stubbed(stub(() => answer({}, 401))), "c").ready(), { code: "authentication" });
});

/** Lets promises run until a condition holds, with fake timers. */
async function turns(isSo) {
  for (let n = 0; n < 1_000 && !isSo(); n++) await new Promise(setImmediate);
  assert.ok(isSo());
  await new Promise(setImmediate);
}

test("save streams the recording from storage, without the key", async () => {
  const world = await makeWorld();
  const sent = [];
  const download = (url, init) => (sent.push(init), fetch(url, init));
  const [{ call_id }] = world.calls;
  const recording = recordingUrl(world.client(), call_id, { fetch: download });
  const whole = new Uint8Array(await (await fetch(await recording.get())).arrayBuffer());
  const chunks = [];
  await recording.save((chunk) => void chunks.push(chunk));
  assert.deepEqual(new Uint8Array(Buffer.concat(chunks)), whole);
  const streamed = [];
  let isClosed = false;
  await recording.save(new WritableStream({ write: (chunk) => void streamed.push(chunk), close: () => void (isClosed = true) }));
  assert.deepEqual(new Uint8Array(Buffer.concat(streamed)), whole);
  assert.ok(isClosed);
  assert.deepEqual(sent, [{ credentials: "omit" }, { credentials: "omit" }]);
});

test("save renews a URL that storage rejects, once", async () => {
  const { client, fetch } = recordings(3600);
  const asked = [];
  const storage = (rejects) => async (url) => (asked.push(url), rejects(url) ? new Response("expired", { status: 403 }) : new Response("sound"));
  const chunks = [];
  await recordingUrl(client, "c", { fetch: storage((url) => url.endsWith("/1")) }).save((chunk) => void chunks.push(chunk));
  assert.equal(Buffer.concat(chunks).toString(), "sound");
  assert.deepEqual(asked, ["http://storage.test/1", "http://storage.test/2"]);
  const recording = recordingUrl(client, "c", { fetch: storage(() => true) });
  const error = await rejection(recording.save(() => {}));
  assert.deepEqual([error.name, error.code, error.status], ["CenterfyError", "http", 403]);
  assert.equal(fetch.sent.length, 4);
});

test("save ends the download when writing fails or the signal aborts", async () => {
  const { client } = recordings(3600);
  let canceled = 0;
  const endless = () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(9)), cancel: () => void canceled++ }));
  const full = new Error("disk full");
  const recording = recordingUrl(client, "c", { fetch: async () => endless() });
  assert.equal(await rejection(recording.save(() => Promise.reject(full))), full);
  const controller = new AbortController();
  const sink = new WritableStream({ write: () => controller.abort("enough") });
  assert.equal(await rejection(recording.save(sink, { signal: controller.signal })), "enough");
  await until(() => canceled === 2);
});

/** The part of an audio element that `bind` uses. `load()` stands in for the browser's loading. */
class Audio extends EventTarget {
  sources = [];
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  ended = false;
  error = null;
  plays = 0;
  set src(url) {
    this.sources.push(url);
    this.paused = true;
    this.currentTime = 0;
    this.playbackRate = 1;
  }
  get src() {
    return this.sources.at(-1);
  }
  load() {
    this.dispatchEvent(new Event("loadedmetadata"));
  }
  async play() {
    this.paused = false;
    this.plays++;
    this.dispatchEvent(new Event("play"));
  }
  reach(currentTime) {
    this.currentTime = currentTime;
    this.dispatchEvent(new Event("timeupdate"));
  }
  fail() {
    this.error = new Error("cannot play");
    this.dispatchEvent(new Event("error"));
  }
}

test("bind: a playing element gets a new URL before the old one expires, and keeps its position and speed", async (t) => {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const { client } = recordings(3600);
  const audio = new Audio();
  recordingUrl(client, "c").bind(audio);
  await turns(() => audio.sources.length === 1);
  audio.load();
  assert.equal(audio.plays, 0);
  await audio.play();
  audio.playbackRate = 1.5;
  for (let hour = 1; hour <= 2; hour++) {
    audio.reach(hour * 3540);
    t.mock.timers.tick(3_540_000);
    await turns(() => audio.sources.length === hour + 1);
    audio.load();
    assert.deepEqual([audio.currentTime, audio.playbackRate, audio.paused], [hour * 3540, 1.5, false]);
  }
});

test("bind: a paused element gets a new URL when it plays again", async (t) => {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const { client, fetch } = recordings(3600);
  const audio = new Audio();
  recordingUrl(client, "c").bind(audio);
  await turns(() => audio.sources.length === 1);
  audio.load();
  audio.reach(12);
  t.mock.timers.tick(8_000_000);
  await new Promise(setImmediate);
  assert.equal(fetch.sent.length, 1);
  await audio.play();
  await turns(() => audio.sources.length === 2);
  audio.load();
  assert.deepEqual([audio.currentTime, audio.paused], [12, false]);
});

test("bind: a URL that fails is renewed once, then the error is reported", async () => {
  const { client, fetch } = recordings(3600);
  const audio = new Audio();
  const errors = [];
  const release = recordingUrl(client, "c").bind(audio, { onError: (error) => errors.push(error) });
  await turns(() => audio.sources.length === 1);
  audio.load();
  await audio.play();
  audio.reach(5);
  audio.fail();
  await turns(() => audio.sources.length === 2);
  audio.load();
  assert.deepEqual([audio.currentTime, audio.paused, errors], [5, false, []]);
  audio.fail();
  await new Promise(setImmediate);
  assert.deepEqual([errors, fetch.sent.length], [[audio.error], 2]);
  release();
  audio.reach(6);
  audio.fail();
  await new Promise(setImmediate);
  assert.deepEqual([errors.length, fetch.sent.length], [1, 2]);
});

test("bind: there is no recording", async () => {
  const errors = [];
  recordingUrl(stubbed(stub(() => answer({}, 404))), "c").bind(new Audio(), { onError: (error) => errors.push(error) });
  await until(() => errors.length);
  assert.equal(errors[0].code, "not_found");
});
