// Known entities: none yet, a search, an invalid file, and forgetting all of them.

import { asTheRealApi } from "../support.mjs";

const PEOPLE = [
  ["Maya Lindqvist", "+12075550111", "maya.lindqvist@example.com"], ["Élodie Lindström", "+33155501234", "elodie@example.fr"],
  ["ليلى منصور", "+962795550123", "layla@example.com"], ["Tom Becker", "+12075550145", ""], ["", "+12075550199", ""],
];

const NOBODY = { contact: "contact-0", agent: "2b59c1e5-748c-4cf4-bc6b-1457afd432ac" };

/** Runs in the page: stores entries of an earlier day for the sandbox's address. */
function meet([people, first]) {
  const met = (ago) => new Date(Date.now() - ago).toISOString();
  const place = `centerfy-demo:known:${location.origin}/functions/v1/crm-api`;
  if (localStorage.getItem(place)) return;
  localStorage.setItem(place, JSON.stringify({
    agents: [{ id: first.agent, name: "Nora, front desk", is_active: true, met: met(0) },
      { id: "22acc6c4-5651-4c96-a6c6-b3b73a1d2d01", name: "Lucía, línea en español", is_active: false, met: met(90_000_000) }],
    contacts: people.map(([name, phone, email], index) => ({ id: index === 0 ? first.contact : `contact-${index}`, name, phone, email, met: met(index * 3_600_000) })),
    calls: [{ call_id: "49ab3d1c-2c2c-47d9-95ea-454ed7c94f54", call_sid: "CA10fe543f3771d0235bb8a8617c58487c", contact_id: first.contact, status: "recorded", met: met(7_200_000) }],
  }));
}

/** Fills the storage before the page loads; the sandbox has none of these entries. */
export const metBefore = (page, { people = PEOPLE } = {}) => page.addInitScript(meet, [people, NOBODY]);

/** The page after a day on which the organization's first contact and agent were opened, among others. */
async function findAfterADay(page, world, text) {
  await page.evaluate(meet, [PEOPLE, { contact: world.contacts[0].id, agent: world.agents[0].id }]);
  await page.reload();
  await page.locator("#conversation h2").waitFor({ state: "attached" });
  await find(page, text);
}

async function find(page, text = "") {
  await page.getByRole("button", { name: "Find an agent, a contact or a call" }).click();
  await page.getByRole("dialog", { name: "Known here" }).waitFor();
  await page.getByRole("searchbox").fill(text);
  await page.locator(".known-foot > *").first().waitFor();
}

const open = { before: asTheRealApi, ready: false };

export const scenes = [
  { name: "known-empty", open, show: (page) => find(page) },
  { name: "known-all", open, show: (page, world) => findAfterADay(page, world) },
  { name: "known-search", open, show: (page, world) => findAfterADay(page, world, "lind") },
  { name: "known-nothing-found", open, show: (page, world) => findAfterADay(page, world, "7e22ef76-2af1-4641-a1e1-2cb433feae71") },
  {
    name: "known-forgotten", open,
    async show(page, world) {
      await findAfterADay(page, world);
      await page.getByRole("button", { name: "Forget Tom Becker" }).click();
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
  {
    name: "known-import-refused", open,
    async show(page, world) {
      await findAfterADay(page, world);
      await page.locator("dialog input[type=file]").setInputFiles({ name: "notes.json", mimeType: "application/json", buffer: Buffer.from("{}") });
      await page.getByRole("alert").getByText("Nothing was imported").waitFor();
    },
  },
  {
    name: "known-forget-all", open,
    async show(page, world) {
      await findAfterADay(page, world);
      await page.getByRole("button", { name: "Forget all…" }).click();
      await page.getByRole("dialog", { name: "Forget everything known here?" }).waitFor();
    },
  },
  { name: "known-sandbox", show: (page) => find(page) },
];
