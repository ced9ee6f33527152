// Search in a conversation: in the loaded messages, and in older ones on request.

import { h, iconButton, makeButton, whileBusy } from "../elements/dom.js";
import { isEnter } from "../elements/field.js";
import * as common from "../texts/common.js";
import * as conversation from "../texts/conversation.js";

const TEXTS = conversation.search;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** `{ button, element, update() }` for the rows of `thread`; `older` is `{ has(), read() }`. */
export function createSearch(thread, older) {
  const input = h("input", { type: "search", "aria-label": TEXTS.words, placeholder: TEXTS.words, oninput: () => find(true), onkeydown: move });
  const count = h("span", { class: "hint", role: "status" });
  const more = makeButton(TEXTS.older, () => whileBusy(more, common.loading, older.read), "quiet small");
  const element = h("search", { class: "find-bar", hidden: true }, input, count,
    iconButton("chevron", TEXTS.previous, () => step(-1)), iconButton("chevron", TEXTS.next, () => step(1), "flipped"), more, iconButton("close", TEXTS.close, () => open(false)));
  const button = iconButton("search", TEXTS.open, () => open(element.hidden));
  let found = [];
  let current;

  function open(isOpen) {
    element.hidden = !isOpen;
    find(true);
    (isOpen ? input : button).focus();
  }
  // Start at the newest match, which is usually the wanted one.
  function find(afresh) {
    for (const row of found) row.classList.remove("found", "is-current");
    const words = element.hidden ? "" : plain(input.value.trim());
    found = words ? [...thread.querySelectorAll(".message")].filter((row) => plain(row.querySelector(".bubble").textContent).includes(words)) : [];
    for (const row of found) row.classList.add("found");
    more.hidden = !words || !older.has();
    if (afresh || !found.includes(current)) current = found.at(-1);
    show(afresh);
  }
  function show(scroll) {
    for (const row of found) row.classList.toggle("is-current", row === current);
    const said = input.value.trim() && TEXTS.count(found.indexOf(current) + 1, found.length);
    if (count.textContent !== said) count.textContent = said;
    if (scroll) current?.scrollIntoView({ block: "center" });
  }
  function step(by) {
    current = found.at((found.indexOf(current) + by) % found.length);
    show(true);
  }
  function move(event) {
    if (isEnter(event)) step(event.shiftKey ? 1 : -1);
    else if (event.key === "Escape" && !event.isComposing) open(false);
  }
  return { button, element, update: () => find(false) };
}
