// Agents: a new one, a copy, what an update sends, paused, archived.

import { control, goTo } from "../support.mjs";

const button = (page, name) => page.locator("#agent").getByRole("button", { name });
const dialogButton = (page, name) => page.getByRole("dialog").getByRole("button", { name });

async function newAgent(page) {
  await goTo(page, "agent");
  await page.getByRole("button", { name: "New agent" }).click();
}

async function archive(page) {
  await goTo(page, "agent");
  await button(page, "Archive…").click();
  await dialogButton(page, "Archive agent").waitFor();
}

/** Changes an agent, or archives it, as another tab would. */
const elsewhere = (page, operation, args) => page.evaluate(async ([operation, args]) => {
  const { call } = await import("./app/client.js");
  await call(operation, args);
}, [operation, args]);

export const scenes = [
  { name: "agent-new", show: newAgent },
  {
    name: "agent-new-lost",
    async show(page, world) {
      await newAgent(page);
      await control(page, "name").fill("Sales Bot");
      await world.faults({ operation: "createAgent", type: "cut_body", afterBytes: 20, times: 1 });
      // The sandbox would list the agent; the API itself does not.
      await page.route("**/_sandbox/organizations/**", (route) => route.fulfill({ status: 404 }));
      await button(page, "Create agent").click();
      await page.locator("#agent .lost").waitFor();
    },
  },
  {
    name: "agent-duplicate",
    async show(page) {
      await goTo(page, "agent");
      await button(page, "Duplicate").click();
      await page.getByText("Nothing is sent until").waitFor();
    },
  },
  {
    name: "agent-changes",
    async show(page) {
      await goTo(page, "agent");
      await control(page, "name").fill("Nora, evenings");
      await control(page, "max_duration").fill("20");
      await button(page, "Save 2 changes…").click();
      await page.locator("#agent .review").getByText("As JSON").click();
    },
  },
  {
    name: "agent-changed-elsewhere",
    async show(page, world) {
      await goTo(page, "agent");
      await control(page, "voicemail_message").fill("We call you back today.");
      await elsewhere(page, "updateAgent", [world.agents[0].id, { name: "Nora, evenings", voicemail_message: "We call you back tomorrow." }]);
      await button(page, "Save 1 change…").click();
      await page.locator("#agent .review").waitFor();
    },
  },
  {
    name: "agent-archived-elsewhere",
    async show(page, world) {
      await goTo(page, "agent");
      await control(page, "voicemail_message").fill("We call you back today.");
      await elsewhere(page, "archiveAgent", [world.agents[0].id]);
      await button(page, "Save 1 change…").click();
      await page.locator("#agent .state-box").waitFor();
    },
  },
  {
    name: "agent-discarded",
    async show(page) {
      await goTo(page, "agent");
      await control(page, "name").fill("Nora, evenings");
      await button(page, "Discard").click();
      await button(page, "Undo").waitFor();
    },
  },
  {
    name: "agent-paused",
    async show(page) {
      await goTo(page, "agent");
      await button(page, "Pause").click();
      await button(page, "Resume").waitFor();
    },
  },
  { name: "agent-archive-question", show: archive },
  {
    name: "agent-archived",
    async show(page) {
      await archive(page);
      await dialogButton(page, "Archive agent").click();
      await page.locator("#agent .state-box").waitFor();
    },
  },
];
