// What a message says, as text, and as text with links in it.

import { h } from "../elements/dom.js";
import { asText } from "../elements/format.js";
import { conversation as TEXTS } from "../texts.js";

/** What `content` says: in words where it is no text, or nothing. */
export function textOf({ content }) {
  if (typeof content === "object" && content !== null) return TEXTS.notText(asText(content));
  return asText(content).trim() ? asText(content) : TEXTS.noText;
}

/** Whether the sender wrote what `textOf` gives. */
export const hasText = ({ content }) => typeof content !== "object" && asText(content).trim() !== "";

const URL = /\bhttps?:\/\/[^\s<>"]+/;
const EMAIL = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/;
// International, or as it is written in North America; other digits are as often a date or an amount.
const PHONE = /(?<![\w+.,/-])(?:\+\d(?:[\d\s()./-]{5,18})\d|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})(?![\w/-])/;
const LINKS = new RegExp([URL, EMAIL, PHONE].map(({ source }) => `(${source})`).join("|"), "g");
/** What ends a sentence, and no address. */
const AFTER_LINK = /[.,;:!?'"»”’…]+$/;

/** The parts of `text`: texts, and links where it names a web page, an email address or a phone number. */
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

// A bracket belongs to the address if it was opened there.
function withoutEnd(url) {
  const shown = url.replace(AFTER_LINK, "");
  const opened = (sign) => shown.split(sign).length;
  return shown.endsWith(")") && opened(")") > opened("(") ? withoutEnd(shown.slice(0, -1)) : shown;
}
