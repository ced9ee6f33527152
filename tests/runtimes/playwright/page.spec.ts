import { expect, test } from "@playwright/test";
import { port } from "./port";

const url = `http://127.0.0.1:${port}`;

test("a page reads an agent of the sandbox", async ({ page }) => {
  const world = await (await fetch(`${url}/_sandbox/organizations`, { method: "POST" })).json();
  await page.goto(url);
  const name = await page.evaluate(async ({ id, key }) => {
    const response = await fetch(`/functions/v1/crm-api/get-agent/${id}`, { headers: { "x-api-key": key } });
    return (await response.json()).name;
  }, { id: world.agents[0].id, key: world.api_key });
  expect(name).toBe(world.agents[0].name);
  const log = await (await fetch(`${url}/_sandbox/organizations/${world.api_key}/log`)).json();
  expect(log.map(({ status }) => status)).toEqual([200]);
});
