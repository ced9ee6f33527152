// The settings, for each of the three kinds of connection.

const open = async (page, kind) => {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.waitFor();
  if (kind) await dialog.getByRole("radio", { name: kind, exact: true }).check();
  return dialog;
};

export const scenes = [
  { name: "settings", show: (page) => open(page) },
  { name: "settings, the API", show: (page) => open(page, "API") },
  { name: "settings, a proxy", show: (page) => open(page, "Your proxy") },
  {
    name: "settings, an error at a field",
    async show(page) {
      const dialog = await open(page, "API");
      await dialog.getByLabel("API key").fill("cfy_key");
      await dialog.getByLabel("Base URL").fill("ftp://example.com");
      await dialog.getByRole("button", { name: "Connect" }).click();
      await dialog.locator("[aria-invalid]").waitFor();
    },
  },
  {
    name: "settings, not the API",
    async show(page) {
      const dialog = await open(page, "API");
      await dialog.getByLabel("API key").fill("cfy_key");
      await dialog.getByLabel("Base URL").fill(new URL("/style", page.url()).href);
      await dialog.getByRole("button", { name: "Connect" }).click();
      await dialog.locator(".field-error", { hasText: "not as the Centerfy API" }).waitFor();
    },
  },
];
