// What the page says about itself: failing live updates, similar contacts, copying.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorld, openPage, picks } from "./support.mjs";

/** Makes the page check for new messages at once. */
async function check(page) {
  const live = page.getByRole("button", { name: "Live updates" });
  await live.click();
  await live.click();
}

for (const [name, [width, height]] of Object.entries({ wide: [1280, 800], phone: [390, 800], small: [320, 640] })) {
  test(`live updates that fail say so, and why, ${name}`, async (t) => {
    const world = await makeWorld();
    const { page, errors } = await openPage(t, world, { width, height });
    await world.faults({ operation: "getContactMessages", type: "answer", status: 401, body: { error: true, message: "Invalid API key" }, times: 1 });
    await check(page);
    const reason = page.locator(".tab-row").getByText("No live updates: The key was not accepted");
    await reason.waitFor();
    await page.locator("#announcer", { hasText: "The key was not accepted" }).waitFor({ state: "attached" });
    assert.notEqual(await page.locator(".live-dot").evaluate((dot) => getComputedStyle(dot).backgroundColor),
      await page.evaluate(() => { const dot = document.querySelector(".live-dot"); dot.closest(".live").classList.remove("is-failed"); const { backgroundColor } = getComputedStyle(dot); dot.closest(".live").classList.add("is-failed"); return backgroundColor; }));
    await check(page);
    await reason.waitFor({ state: "hidden" });
    assert.deepEqual(errors, []);
  });
}

test("each name has the phone number or the email below it, and no contact shows as an id if more is known", async (t) => {
  const world = await makeWorld();
  const contacts = [
    { id: "c1", name: "Maya Lindqvist", phone: "+12075550142" },
    { id: "c2", name: "Maya Lindqvist", phone: "+12075550199", email: "maya@example.com" },
    { id: "0d631da6-18d4-4502-b0ce-8aff2e468224", email: "only@example.com" },
    { id: "c4", name: "Neither" },
  ];
  const { page } = await openPage(t, world, { ready: false, before: (page) => page.route("**/_sandbox/organizations/**", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), contacts } });
  }) });
  await picks(page, "contact").first().waitFor();
  const shown = await picks(page, "contact").evaluateAll((all) => all.map((pick) => [...pick.children].map(({ textContent }) => textContent)));
  assert.deepEqual(shown, [
    ["Maya Lindqvist", "+12075550142"],
    ["Maya Lindqvist", "+12075550199 · maya@example.com"],
    ["only@example.com"],
    ["Neither", "c4"],
  ]);
  const [title, note] = await picks(page, "contact").first().evaluate((pick) => [...pick.children].map((child) => child.getBoundingClientRect().toJSON()));
  assert.ok(note.top >= title.bottom - 1, "under the name");
});

/** The page on a host without TLS that is not loopback, where browsers have no clipboard API. */
async function openInsecure(t, world, before) {
  const { origin } = new URL(process.env.CENTERFY_DEMO ?? process.env.CENTERFY_SANDBOX ?? "http://127.0.0.1:8787/");
  const opened = await openPage(t, world, { url: "http://demo.example/", before: async (page) => {
    await page.route("http://demo.example/**", async (route) => {
      const { pathname, search } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: origin + pathname + search }) });
    });
    await before?.(page);
  } });
  assert.equal(await opened.page.evaluate(() => navigator.clipboard), undefined);
  return opened;
}

test("copying works without the clipboard API", async (t) => {
  const world = await makeWorld();
  const { page, errors } = await openInsecure(t, world);
  await page.locator("#agent").getByRole("button", { name: "Copy agent id" }).click();
  await page.locator("#announcer", { hasText: "agent id copied" }).waitFor({ state: "attached" });
  await page.locator(".composer textarea").focus();
  await page.keyboard.press("Control+V");
  assert.equal(await page.locator(".composer textarea").inputValue(), world.agents[0].id);
  assert.deepEqual(errors, []);
});

test("if copying is impossible, the page says so and what to do", async (t) => {
  const { page, errors } = await openInsecure(t, await makeWorld(), (page) =>
    page.addInitScript(() => { document.execCommand = () => false; }));
  await page.locator("#agent").getByRole("button", { name: "Copy agent id" }).click();
  await page.locator("#agent").getByText("The browser did not copy the agent id. Select it and copy it yourself.").waitFor();
  await page.locator("#announcer", { hasText: "did not copy" }).waitFor({ state: "attached" });
  assert.deepEqual(errors, []);
});
