// Uses the demo page in a frame, as a person would, and reports the steps that passed. It needs no
// driver, so it runs in every browser. With `?sandbox=` and `?key=` the page uses that sandbox over the
// network, otherwise the one in the page.

const parameters = new URLSearchParams(location.search);
const frame = document.querySelector("iframe");
const violations = [];

/** Polls until there is a result. */
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

/** The button of that name: its text or its accessible name. */
const button = (name, within = "") =>
  until(`button "${name}"`, () => all(`${within} button`).find((it) => (it.getAttribute("aria-label") ?? it.textContent).trim() === name));
const press = async (name, within) => {
  const found = await button(name, within);
  found.focus();
  found.click();
  return found;
};

/** Writes into a field, and dispatches its events. */
const write = async (selector, value) => {
  const field = await until(selector, () => all(selector)[0]);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/** Stores what an earlier visit would have stored: another sandbox, and the key for this tab. */
const pointAt = (sandbox, key) => {
  const connection = sandbox && { kind: "api", baseUrl: `${sandbox}/functions/v1/crm-api`, auth: "x-api-key" };
  localStorage.setItem("centerfy-demo:connection", JSON.stringify(connection));
  if (!key) return;
  sessionStorage.setItem("centerfy-demo:key", key);
  if (connection) sessionStorage.setItem("centerfy-demo:key-for", connection.baseUrl);
};

const steps = {
  async "it is there, and reaches no real person"() {
    pointAt(parameters.get("sandbox"), parameters.get("key"));
    frame.src = parameters.get("page");
    await until("page", () => page()?.URL.endsWith(frame.src) && page().body);
    page().addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
    await one("#place", "Sandbox");
    await one("#agent h2", "");
  },
  async "settings open, and give the focus back"() {
    const opener = await press("Settings");
    await until("focus in the dialog", () => page().activeElement.closest("dialog"));
    await press("Close", "dialog");
    await until("focus at the settings", () => page().activeElement === opener);
  },
  async "a message is sent, and the contact answers"() {
    await write(".composer textarea", "Could we move your visit to Friday?");
    await press("Send", "#conversation");
    const sent = await one(".message.ours[data-id]", "Could we move your visit to Friday?");
    await until("answer", () => sent.parentElement.querySelector(".message.ours ~ .message.theirs:last-child"));
  },
  async "an agent is created"() {
    await press("New agent");
    await write('#agent [name="name"]', "Sales Bot");
    await press("Create agent");
    await one("#agent h2", "Sales Bot");
    await one("#agent-picker .pick", "Sales Bot");
  },
  async "a call is asked for, and started"() {
    await press("Call", "#conversation");
    const start = await button("Start the call");
    start.focus();
    start.click();
    await until("end of the question", () => !all("button").some((it) => it.textContent === "Start the call" || it.textContent === "Calling…"));
    const problem = all(".state-box.bad")[0];
    if (problem) throw new Error(problem.textContent);
    for (const dialog of all("dialog")) dialog.close();
  },
  async "a recording plays"() {
    (await one('[role="tab"]', "Calls")).click();
    (await one("button", "Play recording")).click();
    // The sound itself cannot be observed.
    const audio = await until("player", () => page().querySelector("audio[src]"));
    // Without a user gesture, a browser may allow muted playback only.
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
