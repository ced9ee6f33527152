// The content of a message as text, and as text with links.

import { h } from "../elements/dom.js";
import { asText } from "../elements/format.js";
import * as TEXTS from "../texts/conversation.js";

/** The text of `content`, with a description if it is empty or not text. */
export function textOf({ content }) {
  if (typeof content === "object" && content !== null) return TEXTS.notText(asText(content));
  return asText(content).trim() ? asText(content) : TEXTS.noText;
}

/** Whether the sender wrote the result of `textOf`. */
export const hasText = ({ content }) => typeof content !== "object" && asText(content).trim() !== "";

const URL = /\bhttps?:\/\/[^\s<>"]+/;
const EMAIL = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/;
// International or North American format; other digits may be a date or an amount.
const PHONE = /(?<![\w+.,/-])(?:\+\d(?:[\d\s()./-]{5,18})\d|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})(?![\w/-])/;
const LINKS = new RegExp([URL, EMAIL, PHONE].map(({ source }) => `(${source})`).join("|"), "g");
/** Characters that end a sentence, not an address. */
const AFTER_LINK = /[.,;:!?'"»”’…]+$/;

/** The parts of `text`: plain text, and links for web addresses, email addresses and phone numbers. */
export function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const { 0: found, 1: url, 2: email, index } of text.matchAll(LINKS)) {
    const shown = url ? withoutEnd(url) : found;
    const href = url ? shown : email ? `mailto:${shown}` : `tel:${shown.replace(/[^\d+]/g, "")}`;
    parts.push(text.slice(end, index), h("a", { href, ...(url ? { target: "_blank", rel: "noopener noreferrer" } : {}) }, shown));
    end = index + shown.length;
  }
  return [...parts, text.slice(end)];
}

// A closing bracket belongs to the address if it was opened there.
function withoutEnd(url) {
  const shown = url.replace(AFTER_LINK, "");
  const opened = (sign) => shown.split(sign).length;
  return shown.endsWith(")") && opened(")") > opened("(") ? withoutEnd(shown.slice(0, -1)) : shown;
}
