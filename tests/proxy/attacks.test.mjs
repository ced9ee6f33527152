// The attacks, on Node's HTTP server.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
import { baseUrl, makeWorld } from "../node/support.mjs";
import { everyName } from "../support/samples.mjs";
import { allow, authorize, PATH } from "./app.mjs";
import { attack, attacks } from "./attacks.mjs";
import { createProxy, toNodeHandler } from "./support.mjs";

const world = await makeWorld();
const proxy = createProxy({ apiKey: world.api_key, baseUrl, path: PATH, allow, authorize });
const server = createServer(toNodeHandler(proxy)).listen(0, "127.0.0.1");
await once(server, "listening");
after(() => (server.closeAllConnections(), server.close()));
const url = `http://127.0.0.1:${server.address().port}`;

// Concurrently, since some wait for a timeout of the proxy.
describe("attacks", { concurrency: true }, () => {
  for (const [name, request, statuses] of attacks) {
    test(name, async () => {
      const { status, text } = await attack(request, url);
      assert.ok(statuses.includes(status), `${status} and not ${statuses}: ${text.slice(0, 300)}`);
      assert.ok(!text.includes(world.api_key) && !/10\.0\.0\.7|\.mjs|\.js:/.test(text), text);
      if (/json/.test(text)) assert.equal(JSON.parse(text.match(/\{.*\}/s)[0]).error, true);
    });
  }
});

test("archiving is not allowed", () => {
  assert.ok(everyName.includes("archiveAgent") && !allow.includes("archiveAgent"));
});

test("no attack reached the API, and memory use stayed flat", async () => {
  assert.deepEqual(await world.requests(), []);
  const before = process.memoryUsage().rss;
  const [, request] = attacks.find(([name]) => name === "100 MB in chunks");
  for (let times = 0; times < 5; times++) await attack(request, url);
  assert.ok(process.memoryUsage().rss - before < 200 << 20);
});

test("valid requests reach the API with the proxy's key", async () => {
  const { id } = world.agents[0];
  const request = { head: [`GET ${PATH}/get-agent/${id} HTTP/1.1`, "cookie: session=mia", "x-api-key: cfy_other", "authorization: Bearer cfy_other"], body: "" };
  const { status, text } = await attack(request, url);
  assert.equal(status, 200, text);
  assert.equal((await world.requests()).length, 1);
});
