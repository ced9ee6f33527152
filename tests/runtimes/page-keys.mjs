/** The demo page, used only with the keyboard: real keys, in each browser. */
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { browsers, versionOf } from "./support/browsers.mjs";
import { openWithKeys } from "./support/keyboard.mjs";
import { Missing } from "./support/missing.mjs";
import { serveFolder } from "./support/pages.mjs";
import { exists } from "./support/tools.mjs";

const FAR = 150;
const PATIENCE = 20_000;

/** The accessible name of the focused element, or its name in a form. */
const FOCUSED = `
  const it = document.activeElement;
  const label = it.labels?.[0]?.textContent ?? it.textContent;
  return [it.getAttribute("aria-label"), it.getAttribute("name"), label.trim(), it.getAttribute("aria-selected") && "selected tab"];`;

/** On a machine without a sound device the player may disappear immediately. */
const SEE_PLAYER = `
  const look = () => { if (document.querySelector("audio")) document.body.dataset.player = "seen"; };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });`;

/** A person at the keyboard. */
const personAt = (browser) => {
  const waitFor = async (what, condition) => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((next) => setTimeout(next, 30))) {
      if (await browser.run(`return Boolean(${condition})`)) return;
    }
    throw new Error(`there is no ${what}`);
  };
  // The focus must not pass the end of the page to the browser's own buttons.
  const tabTo = async (name, held = []) => {
    for (let step = 0; step < FAR; step += 1) {
      const focused = await browser.run(FOCUSED);
      if (focused.some((found) => (name instanceof RegExp ? name.test(found ?? "") : found === name))) return;
      await browser.press("Tab", held);
    }
    throw new Error(`Tab does not come to "${name}"`);
  };
  return {
    waitFor,
    waitForText: (selector, text) => waitFor(`${selector} with "${text}"`,
      `[...document.querySelectorAll(${JSON.stringify(selector)})].some((it) => it.textContent.includes(${JSON.stringify(text)}))`),
    tabTo,
    async enter(name, held) {
      await tabTo(name, held);
      await browser.press("Enter");
    },
    press: browser.press,
    type: browser.type,
    run: browser.run,
  };
};

const steps = {
  async "settings open, and Escape closes them"({ enter, press, waitFor }) {
    await enter("Settings");
    await waitFor("focus in the dialog", 'document.activeElement.closest("dialog[open]")');
    await press("Escape");
    await waitFor("page without a dialog", '!document.querySelector("dialog")');
    await waitFor("focus at the settings", 'document.activeElement.id === "open-settings"');
  },
  async "an agent is created"({ enter, tabTo, type, waitForText }) {
    await enter("New agent");
    await tabTo("name");
    await type("Night desk");
    await enter("Create agent");
    await waitForText("#agent h2", "Night desk");
  },
  async "a message is sent, and the contact answers"({ enter, tabTo, type, waitForText }) {
    await enter("Skip to the conversation", ["Shift"]);
    await tabTo("content");
    await type("See you at ten.");
    await enter("Send");
    await waitForText(".message.ours", "See you at ten.");
    await waitForText("[role=log]", "wrote");
  },
  async "a call is asked for, and started"({ enter, press, waitFor }) {
    await enter("Call", ["Shift"]);
    await enter("Start the call");
    await waitFor("end of the question", '![...document.querySelectorAll("button")].some((it) => /^(Start the call|Calling…)$/.test(it.textContent))');
    await press("Escape");
    await waitFor("page without a dialog", '!document.querySelector("dialog")');
  },
  async "a recording's player opens"({ tabTo, press, type, run, waitFor }) {
    await tabTo("selected tab");
    await press("End");
    await waitFor("recording", '[...document.querySelectorAll(".player button")].some((it) => it.checkVisibility())');
    await run(SEE_PLAYER);
    await tabTo(/^Play recording/);
    await type(" ");
    await waitFor("player", 'document.body.dataset.player === "seen"');
  },
};

const withKeys = ([name, browser]) => ({
  name: `page-keys-${name}`,
  needs: { debian: [...browser.debian, ...(name === "chromium" ? ["chromium-driver"] : [])] },
  version: () => versionOf(browser),
  async test({ folder }) {
    const built = process.env.CENTERFY_PAGE;
    if (!built || !(await exists(built))) throw new Missing("CENTERFY_PAGE names no page: cargo xtask build --page FOLDER");
    const root = join(folder, this.name);
    await mkdir(root, { recursive: true });
    await cp(built, root, { recursive: true });
    const { url, close } = await serveFolder(root);
    const opened = await openWithKeys(name, browser);
    try {
      await opened.go(`${url}/index.html`);
      const person = personAt(opened);
      await person.waitFor("conversation", 'document.querySelector(".composer textarea") && document.querySelector("#agent [name=name]")');
      for (const [step, does] of Object.entries(steps)) {
        await does(person).catch((error) => { throw new Error(`in the step "${step}": ${error.message}`); });
      }
      return `${Object.keys(steps).length} steps`;
    } finally {
      await opened.close();
      close();
    }
  },
});

export const setups = Object.entries(browsers).map(withKeys);
