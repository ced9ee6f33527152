// `npx centerfy demo` in a clean environment: the packed npm package in an empty folder, and only
// Node.js on the PATH.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { control, openPage, picks } from "./support.mjs";

/** Starts the demo; resolves with the page's URL. */
async function start(t) {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-npx-"));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(process.execPath, join(folder, "node"));
  const command = join(process.env.CENTERFY_PACKAGE, "node_modules/.bin/centerfy");
  const child = spawn(command, ["demo", "--port", "0"], { env: { PATH: `${folder}:/usr/bin` }, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(line) ?? assert.fail(line);
  return { child, url };
}

test("an agent is created, a message sent, a recording played; Ctrl+C stops the demo", async (t) => {
  const { child, url } = await start(t);
  const { page, errors } = await openPage(t, { api_key: "cfy_sandbox" }, { url });

  await page.getByRole("button", { name: "New agent" }).click();
  await control(page, "name").fill("Sales Bot");
  await page.getByRole("button", { name: "Create agent" }).click();
  await picks(page, "agent").filter({ hasText: "Sales Bot" }).waitFor();

  await page.getByRole("textbox", { name: /^Message to/ }).fill("See you at ten.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".message.ours:has-text('See you at ten.') ~ .message.theirs").first().waitFor();

  await page.getByRole("tab", { name: "Calls" }).click();
  await page.getByRole("button", { name: /^Play recording/ }).first().click();
  const audio = page.locator("audio");
  await audio.waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector("audio").currentTime > 0);
  assert.deepEqual(errors, []);

  child.kill("SIGINT");
  const [status, signal] = await once(child, "exit");
  assert.ok(signal === "SIGINT" || status === 0 || status === 130, `${status} ${signal}`);
});
