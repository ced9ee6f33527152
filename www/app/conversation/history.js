// A whole conversation as the text of a file. Pure.

import { asText } from "../elements/format.js";

/** `local_time` is the UTC timestamp in the local time zone. */
const COLUMNS = ["timestamp", "local_time", "sender_type", "message_type", "content", "id"];
/** Without a byte-order mark, Excel reads UTF-8 as the system's legacy encoding. */
const BYTE_ORDER_MARK = "\uFEFF";
/** Text that a spreadsheet would read as a formula, full-width characters included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
const LONGEST_NAME = 60;

/** Oldest first, every field as the API sent it. */
export function toJson({ contact, conversation, complete, at = new Date() }) {
  const { id, name = null, phone = null, email = null } = { ...contact, ...conversation.contact };
  return `${JSON.stringify({
    contact: { id, name, phone, email },
    conversation_id: conversation.conversationId,
    saved_at: at.toISOString(),
    complete,
    total: conversation.counted,
    messages: oldestFirst(conversation),
  }, null, 2)}\n`;
}

/** RFC 4180: every field is quoted, lines end in CRLF. */
export function toCsv({ conversation }) {
  const rows = oldestFirst(conversation).map((message) => {
    const columns = { ...message, local_time: localTime(message.timestamp) };
    return COLUMNS.map((column) => columns[column]);
  });
  return BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

export function cell(value) {
  const text = asText(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** "Maya-Lindqvist-2026-11-25.csv": letters of any script, without characters that file systems reject. */
export function fileName(name, extension, now = new Date()) {
  const safe = [...String(name ?? "").normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, LONGEST_NAME).join("").replace(/^-+|-+$/g, "");
  return `${safe || "contact"}-${dateOf(now)}.${extension}`;
}

const digits = (parts, between) => parts.map((part) => String(part).padStart(2, "0")).join(between);
const dateOf = (date) => digits([date.getFullYear(), date.getMonth() + 1, date.getDate()], "-");

/** "2026-11-25 19:05:12", which every spreadsheet reads as a time. */
function localTime(timestamp) {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return "";
  return `${dateOf(date)} ${digits([date.getHours(), date.getMinutes(), date.getSeconds()], ":")}`;
}

// Without fields that this page added.
const oldestFirst = ({ messages }) => messages.map(({ guessed, ...message }) => message).reverse();
