// A whole conversation as the text of a file. Pure.

const COLUMNS = ["timestamp", "sender_type", "message_type", "content", "id"];
/** What a spreadsheet would take for a formula, however wide it is written. */
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

/** RFC 4180: every cell is quoted, lines end in CR LF. */
export function toCsv({ conversation }) {
  const rows = oldestFirst(conversation).map((message) => COLUMNS.map((column) => message[column]));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

export function cell(value) {
  const text = String(value ?? "");
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** "Maya-Lindqvist-2026-11-25.csv": letters of any script, and nothing that a file system minds. */
export function fileName(name, extension, now = new Date()) {
  const safe = [...String(name ?? "").normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, LONGEST_NAME).join("").replace(/^-+|-+$/g, "");
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return `${safe || "contact"}-${date}.${extension}`;
}

// Without what this page added.
const oldestFirst = ({ messages }) => messages.map(({ guessed, ...message }) => message).reverse();
