import { createReadStream } from "node:fs";
import { parse } from "csv-parse";

/** The columns that a file needs. `phone` is only for the sandbox. */
const COLUMNS = ["contact_id", "conversation_id", "name", "time_zone"];

/** The rows of a CSV file, one at a time, so that the file can be of any length. */
export const rowsOf = (file) => createReadStream(file).pipe(parse({ columns: checkColumns, bom: true, trim: true }));

function checkColumns(header) {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`The first line lacks ${missing.join(", ")}`);
  return header;
}

export async function count(file) {
  let rows = 0;
  for await (const _ of rowsOf(file)) rows++;
  return rows;
}

/** The rows as items of a run. The key of a person is the contact's id: a person is reached once, even if listed twice. */
export async function* itemsOf(file, text) {
  for await (const { contact_id, conversation_id, name, time_zone } of rowsOf(file)) {
    const content = text.replaceAll("{name}", name.split(" ")[0]);
    yield { key: contact_id, timeZone: time_zone, sendMessage: { content, ai: false, channel: "sms", conversation_id } };
  }
}
