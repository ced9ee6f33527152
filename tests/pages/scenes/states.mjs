// Error, empty and loading states, each with the one thing to do next.

import { asTheRealApi, goTo } from "../support.mjs";

/** Opens another contact, whose conversation is read with the configured faults. */
export async function readAnother(page, world) {
  await goTo(page, "conversation");
  await page.locator(`#contact-picker .pick[data-id="${world.contacts[1].id}"]`).click();
}

/** The state box of a sheet. */
export const state = (page, sheet = "#conversation") => page.locator(`${sheet} .state-box`);

const answer = (status, more) => ({ operation: "getContactMessages", type: "answer", status, times: null, ...more });

const afterFault = (fault, title) => async (page, world) => {
  await world.faults(fault);
  await readAnother(page, world);
  await state(page).getByText(title).waitFor();
};

export const scenes = [
  {
    name: "state-offline",
    async show(page, world) {
      await page.context().setOffline(true);
      await readAnother(page, world);
      await state(page).getByText("You are offline").waitFor();
    },
  },
  { name: "state-401", show: afterFault(answer(401, { body: { error: true, message: "Invalid API key" } }), "The key was not accepted") },
  { name: "state-403", show: afterFault(answer(403, { body: { error: true, message: "This API key has no access to that contact" } }), "The key does not allow this") },
  { name: "state-429", show: afterFault(answer(429, { headers: { "retry-after": "95" }, body: { error: true, message: "Rate limit exceeded" } }), "The page tries again in") },
  { name: "state-500", show: afterFault(answer(501, { body: { error: true, message: "Upstream is down" } }), "The API had a problem") },
  { name: "state-slow", show: afterFault({ operation: "getContactMessages", type: "stall_headers", times: null }, "Still waiting") },
  {
    name: "state-empty",
    open: { before: asTheRealApi, ready: false },
    async show(page) {
      await page.getByRole("button", { name: "Paste a contact’s id" }).waitFor();
    },
  },
  {
    name: "state-empty-agent",
    open: { before: asTheRealApi, ready: false },
    async show(page) {
      await goTo(page, "agent");
      await page.getByRole("button", { name: "Create an agent" }).waitFor();
    },
  },
  {
    name: "state-not-found",
    async show(page) {
      const picker = page.locator("#contact-picker");
      await picker.getByRole("button", { name: "Open by id" }).click();
      await picker.getByPlaceholder("Paste an id").fill("5d2e8a10-0000-4000-8000-000000000000");
      await page.keyboard.press("Enter");
      await state(page).getByText("Nothing has this id").waitFor();
    },
  },
  {
    name: "state-archived",
    async show(page) {
      await goTo(page, "agent");
      await page.getByRole("button", { name: "Archive…" }).click();
      await page.getByRole("button", { name: "Archive agent" }).click();
      await state(page, "#agent").getByText("Archived on").waitFor();
    },
  },
  {
    name: "state-at-an-action",
    async show(page, world) {
      await goTo(page, "agent");
      await world.faults({ operation: "updateAgent", type: "answer", status: 403, body: { error: true, message: "This API key may only read agents" } });
      await page.locator("#agent").getByRole("button", { name: "Pause", exact: true }).click();
      await state(page, "#agent .sheet-foot").waitFor();
    },
  },
];
