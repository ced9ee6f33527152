// What is known here: nothing yet, a search, a file that is refused, and forgetting all of it.

import { asTheRealApi } from "../support.mjs";

const DAY = 24 * 60 * 60 * 1000;
const PEOPLE = [
  ["Maya Lindqvist", "+12075550111", "maya.lindqvist@example.com"], ["Élodie Lindström", "+33155501234", "elodie@example.fr"],
  ["ليلى منصور", "+962795550123", "layla@example.com"], ["Tom Becker", "+12075550145", ""], ["", "+12075550199", ""],
];

/** What an earlier day left in this browser for the sandbox's address. */
export const metBefore = (page, { people = PEOPLE } = {}) => page.addInitScript((list) => {
  const met = (days) => new Date(Date.now() - days).toISOString();
  const place = `centerfy-demo:known:${location.origin}/functions/v1/crm-api`;
  if (localStorage.getItem(place)) return;
  localStorage.setItem(place, JSON.stringify({
    agents: [{ id: "2b59c1e5-748c-4cf4-bc6b-1457afd432ac", name: "Nora, front desk", is_active: true, met: met(0) },
      { id: "22acc6c4-5651-4c96-a6c6-b3b73a1d2d01", name: "Lucía, línea en español", is_active: false, met: met(90_000_000) }],
    contacts: list.map(([name, phone, email], index) => ({ id: `contact-${index}`, name, phone, email, met: met(index * 3_600_000) })),
    calls: [{ call_id: "49ab3d1c-2c2c-47d9-95ea-454ed7c94f54", call_sid: "CA10fe543f3771d0235bb8a8617c58487c", contact_id: "contact-0", status: "recorded", met: met(7_200_000) }],
  }));
}, people);

const afterADay = { before: async (page) => { await asTheRealApi(page); await metBefore(page); }, ready: false };

async function find(page, text = "") {
  await page.getByRole("button", { name: "Find an agent, a contact or a call" }).click();
  await page.getByRole("dialog", { name: "Known here" }).waitFor();
  await page.getByRole("searchbox").fill(text);
  await page.locator(".known-foot > *").first().waitFor();
}

export const scenes = [
  { name: "known-empty", open: { before: asTheRealApi, ready: false }, show: (page) => find(page) },
  { name: "known-all", open: afterADay, show: (page) => find(page) },
  { name: "known-search", open: afterADay, show: (page) => find(page, "lind") },
  { name: "known-nothing-found", open: afterADay, show: (page) => find(page, "7e22ef76-2af1-4641-a1e1-2cb433feae71") },
  {
    name: "known-forgotten", open: afterADay,
    async show(page) {
      await find(page);
      await page.getByRole("button", { name: "Forget Tom Becker" }).click();
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
  {
    name: "known-import-refused", open: afterADay,
    async show(page) {
      await find(page);
      await page.locator("dialog input[type=file]").setInputFiles({ name: "notes.json", mimeType: "application/json", buffer: Buffer.from("{}") });
      await page.getByRole("alert").getByText("Nothing was imported").waitFor();
    },
  },
  {
    name: "known-forget-all", open: afterADay,
    async show(page) {
      await find(page);
      await page.getByRole("button", { name: "Forget all…" }).click();
      await page.getByRole("dialog", { name: "Forget all that is known here?" }).waitFor();
    },
  },
  { name: "known-sandbox", show: (page) => find(page) },
];
