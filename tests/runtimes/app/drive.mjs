// Drives the demo page in a frame, as a person would, and reports which steps it got through. It
// needs no driver, so every browser can be asked.

const parameters = new URLSearchParams(location.search);
const frame = document.querySelector("iframe");
const violations = [];

/** Asks until there is an answer. */
const until = async (what, find) => {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`there is no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const page = () => frame.contentDocument;
const all = (selector) => [...page().querySelectorAll(selector)].filter((element) => element.checkVisibility());
const one = (selector, text) => until(`${selector} with "${text}"`, () => all(selector).find((it) => it.textContent.includes(text)));
const click = async (selector, text) => (await one(selector, text)).click();

/** Writes into a field, which a page hears of by its events. */
const write = async (selector, value) => {
  const field = await until(selector, () => all(selector)[0]);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const steps = {
  async "it is there, and nobody real is reached"() {
    frame.src = parameters.get("page");
    await until("page", () => page()?.URL.endsWith(frame.src) && page().body);
    page().addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
    await one("#place", "Sandbox");
    await one("#agent h2", "");
  },
  async "a message is sent, and the contact answers"() {
    await write(".composer textarea", "Could we move your visit to Friday?");
    await click(".composer button", "Send");
    const sent = await one(".message.ours[data-id]", "Could we move your visit to Friday?");
    await until("answer", () => sent.parentElement.querySelector(".message.ours ~ .message.theirs:last-child"));
  },
  async "an agent is created"() {
    await click("button", "New agent");
    await write('#agent [name="name"]', "Sales Bot");
    await click("button", "Create agent");
    await one("#agent h2", "Sales Bot");
    await one("#agent-picker .pick", "Sales Bot");
  },
  async "a recording plays"() {
    await click('[role="tab"]', "Calls");
    await click("button", "Play recording");
    const audio = await until("player", () => all("audio")[0]);
    // Nobody touched this page, so a browser may let it play only without a sound.
    audio.muted = true;
    await audio.play();
    await until("sound", () => audio.currentTime > 0);
  },
};

const passed = [];
let result = { passed };
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    passed.push(name);
  } catch (error) {
    result = { failed: `in the step "${name}": ${error}` };
    break;
  }
}
if (violations.length) result = { failed: `the content security policy refused ${violations.join("; ")}` };
await fetch(parameters.get("report"), { method: "POST", body: JSON.stringify({ "demo page": result }) });
