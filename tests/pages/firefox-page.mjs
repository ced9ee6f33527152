// Runs in Firefox: loads the demo page in frames of several sizes, uses it, and reports.

import { outside, overflow } from "./checks.mjs";

const LOW = [[320, 200], [640, 360], [640, 400], [1280, 500]];
const SIZES = [...LOW, [320, 640], [719, 800], [721, 800], [1000, 700], [1280, 800]];
const frame = document.querySelector("iframe");
const passed = [];

/** The problems that a check of `checks.mjs` finds in the frame. */
const finds = (check) => new Function("document", `return (${check})()`)(frame.contentDocument);
const one = (selector) => frame.contentDocument?.querySelector(selector);
const all = (selector) => [...frame.contentDocument.querySelectorAll(selector)];
const frames = async (count) => { for (let at = 0; at < count; at += 1) await new Promise(requestAnimationFrame); };

async function until(what, condition) {
  for (const start = Date.now(); Date.now() - start < 30_000;) {
    const value = condition();
    if (value) return value;
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
  throw new Error(`${what} did not come about`);
}

const must = (condition, what) => { if (!condition) throw new Error(what); };
const resize = ([width, height]) => Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, border: "0" });

/** Opens the page again in a window of that size. */
async function open(size) {
  resize(size);
  frame.src = "about:blank";
  await until("an empty frame", () => frame.contentDocument?.URL === "about:blank");
  frame.src = "/";
  await until("the conversation", () => one(".composer") && all(".message").length > 0);
  await until("the agent", () => one("#agent h2"));
}

async function scrollsInLowWindows() {
  for (const size of LOW) {
    await open(size);
    const thread = one(".thread");
    must(thread.scrollHeight > thread.clientHeight && thread.clientHeight >= 40 && thread.clientHeight < 400, `${size}: the thread scrolls, ${thread.clientHeight}`);
    await frames(10);
    must(all(".message").length === 30, `${size}: nothing older is read by itself`);
    thread.scrollTop = 0;
    await until("older messages", () => all(".message").length === 60 && !one(".older .button[aria-disabled]"));
    await frames(10);
    must(all(".message").length === 60, `${size}: one page of one scroll, ${all(".message").length}`);
    passed.push(`low ${size}`);
  }
}

async function staysInside() {
  await fetch("/test/long");
  await open([1280, 800]);
  all(".message.theirs .reply").at(-1).click();
  must(!one(".answering").hidden, "a reply");
  for (const size of SIZES) {
    resize(size);
    await frames(3);
    for (const check of [outside, overflow]) must(finds(check).length === 0, `${size}: ${finds(check)}`);
    if (size[1] > 540) must(one(".composer .send").getBoundingClientRect().bottom <= size[1], `${size}: Send is in the window`);
    passed.push(`inside ${size}`);
  }
  await fetch("/test/short");
}

async function goesBack() {
  await open([1280, 800]);
  const first = one("#conversation h2").textContent;
  const pick = all("#contact-picker .pick")[2];
  const { id } = pick.dataset;
  pick.click();
  await until("another contact", () => one("#conversation h2") && one("#conversation h2").textContent !== first);
  must(frame.contentWindow.location.hash.includes(id), "its id in the address");
  must(frame.contentDocument.title.includes(one("#conversation h2").textContent), "its name in the title");
  frame.contentWindow.history.back();
  await until("the first one again", () => one("#conversation h2")?.textContent === first);
  passed.push("back");
}

async function saysWhatIsBelow() {
  await open([1280, 620]);
  one(".wire-toggle").click();
  await until("how many are below", () => /^\d+ more below$/.test(one("#contact-picker .picker-below").textContent));
  must(one(".thread").clientHeight >= 40, "the thread has a place beside the panel");
  passed.push("below");
}

/** Reloads the page, as a person does. */
async function reload() {
  frame.contentWindow.wasHere = true;
  frame.contentWindow.location.reload();
  await until("the page again", () => !frame.contentWindow.wasHere && one(".composer") && all(".message").length > 0);
}

function write(text) {
  const field = one(".composer textarea");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const entries = () => all(".entry").map((entry) => `${entry.querySelector(".bubble").textContent}: ${entry.querySelector(".state").textContent}`).join();

async function keepsWhatIsItsOwn() {
  await open([1280, 800]);
  write("Half a sentence");
  // Another tab connects to a proxy, for new tabs as well.
  localStorage.setItem("centerfy-demo:connection", JSON.stringify({ kind: "proxy", baseUrl: "/api/centerfy" }));
  await reload();
  localStorage.removeItem("centerfy-demo:connection");
  must(one("#place").textContent.includes("Sandbox"), "the tab stays in the sandbox");
  must(one(".composer textarea").value === "Half a sentence", "the draft is restored");
  write("");
  passed.push("own connection and drafts");
}

async function restoresNewAgent() {
  await open([1280, 800]);
  one("#new-agent").click();
  const name = await until("the form", () => one("#agent [name=organization_id]") && one("#agent [name=name]"));
  name.value = "Sales Bot";
  name.dispatchEvent(new Event("input", { bubbles: true }));
  await reload();
  await until("the form again", () => one("#agent [name=name]")?.value === "Sales Bot");
  one("#agent .foot-row .quiet").click();
  (await until("the question", () => one("dialog .danger"))).click();
  await until("another agent", () => one("#agent .agent-actions"));
  passed.push("form of a new agent");
}

async function hearsOtherTabs() {
  await open([1280, 800]);
  const other = document.createElement("iframe");
  other.src = "/";
  document.body.append(other);
  (await until("another tab", () => other.contentDocument?.querySelector("#agent .agent-actions button"))).click();
  await until("the agent is paused here, too", () => one("#agent .agent-actions button").textContent === "Resume");
  const used = (tab) => Number.parseInt(tab.querySelector(".limit-used").textContent);
  await until("one count of requests", () => used(other.contentDocument) === used(frame.contentDocument));
  other.remove();
  passed.push("other tabs");
}

async function sendsFromOneTab() {
  await open([1280, 800]);
  const { fetch: real } = frame.contentWindow;
  frame.contentWindow.fetch = (url, init) => (String(url).includes("send-message") ? new Promise(() => {}) : real.call(frame.contentWindow, url, init));
  for (const text of ["One", "Two"]) {
    write(text);
    one(".composer .send").click();
  }
  await until("both are there", () => all(".entry").length === 2);
  const tab = sessionStorage.getItem("centerfy-demo:tab");
  await reload();
  await until("they are there again", () => entries() === "One: May have been delivered,Two: Not sent");
  // A duplicated tab has a copy of the storage, and the original has the lock.
  frame.src = "about:blank";
  await new Promise((resolve) => { navigator.locks.request(`centerfy-demo:tab:${tab}`, () => { resolve(); return new Promise(() => {}); }); });
  await open([1280, 800]);
  must(all(".entry").length === 0, `a copy has nothing to send: ${entries()}`);
  must(sessionStorage.getItem("centerfy-demo:tab") !== tab, "a copy is a tab of its own");
  passed.push("one tab sends");
}

const report = new URLSearchParams(location.search).get("report");
const tell = (page) => fetch(report, { method: "POST", body: JSON.stringify({ page }) });
// A separate organization in the sandbox, whose key the page keeps for this tab.
sessionStorage.setItem("centerfy-demo:key", await (await fetch("/test/key")).text());
try {
  for (const part of [scrollsInLowWindows, staysInside, goesBack, saysWhatIsBelow, keepsWhatIsItsOwn, restoresNewAgent, hearsOtherTabs, sendsFromOneTab]) await part();
  await tell({ passed });
} catch (error) {
  await tell({ failed: `${error} after ${passed.join("; ")}; it shows: ${frame.contentDocument?.body?.innerText.slice(0, 600)}` });
}
