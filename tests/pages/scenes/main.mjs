// The page after opening, part by part, and when it fails to start.

import { goTo } from "../support.mjs";

const withoutPackage = (page) => page.route("**/pkg/index.js", (route) => route.fulfill({ status: 404, body: "" }));

// An earlier visit used the API itself, and the key was not kept.
const withoutKey = (page) => page.addInitScript(() => {
  sessionStorage.removeItem("centerfy-demo:key");
  const connection = { kind: "api", baseUrl: new URL("api", document.baseURI).href };
  localStorage.setItem("centerfy-demo:connection", JSON.stringify(connection));
});

export const scenes = [
  { name: "conversation", show: (page) => goTo(page, "conversation") },
  { name: "agent", show: (page) => goTo(page, "agent") },
  {
    name: "activity",
    opensWide: true,
    async show(page) {
      await goTo(page, "activity");
      const toggle = page.getByRole("button", { name: "Show what was sent" });
      if (await toggle.isVisible()) await toggle.click();
    },
  },
  {
    name: "package missing",
    open: { before: withoutPackage, ready: false },
    show: (page) => page.locator("#conversation [role=alert]").waitFor(),
  },
  {
    name: "key needed",
    open: { before: withoutKey, ready: false },
    show: (page) => page.locator("#conversation").getByRole("button", { name: "Open settings" }).waitFor(),
  },
];
