// A box that says what is the matter, calmly, and holds the one thing to do next.

import { h } from "../elements/dom.js";
import { explain } from "../states/explain.js";

/** `title` and `how` in words, with the facts of `error` where there is one, then `next`. */
export function callState({ title, how, error, role }, ...next) {
  const facts = error ? explain(error).facts : [];
  return h("div", { class: "call-state", role },
    h("p", { class: "call-state-title" }, title),
    h("p", null, how),
    facts.length > 0 && h("dl", { class: "facts" },
      facts.map(([label, value]) => h("div", null, h("dt", null, label), h("dd", null, value)))),
    next);
}
