// The page as it opens, part by part.

import { goTo } from "../support.mjs";

export const scenes = [
  { name: "conversation", show: (page) => goTo(page, "conversation") },
  { name: "agent", show: (page) => goTo(page, "agent") },
  {
    name: "activity",
    async show(page) {
      await goTo(page, "activity");
      const toggle = page.getByRole("button", { name: "Show what was sent" });
      if (await toggle.isVisible()) await toggle.click();
    },
  },
  {
    name: "settings",
    async show(page) {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("dialog", { name: "Settings" }).waitFor();
    },
  },
];
