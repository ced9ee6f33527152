// Export and import of known entries as a file, for another browser or as a backup. Pure.

import { KINDS, clean, cleanAll, eachKind, idOf } from "./known-entries.js";
import * as TEXTS from "../texts/known.js";

const FORMAT = "centerfy-known";
const VERSION = 1;
export const LARGEST_FILE = 10_000_000;

/** The text of a file with `known`. It names the connection that the ids belong to, and never a key. */
export function toFile({ place, organizationId }, known) {
  const head = { format: FORMAT, version: VERSION, baseUrl: place, ...(organizationId ? { organizationId } : {}) };
  return `${JSON.stringify({ ...head, exportedAt: new Date().toISOString(), ...cleanAll(known) }, null, 2)}\n`;
}

/** `{ place, organizationId, entries }` of a file's text; throws an Error that says what is wrong. */
export function fromFile(text) {
  const file = parsed(text);
  if (file?.format !== FORMAT || typeof file.baseUrl !== "string") throw new Error(TEXTS.wrong.format);
  if (file.version !== VERSION) throw new Error(TEXTS.wrong.version(file.version, VERSION));
  const entries = eachKind((kind) => readList(kind, file[kind] ?? []));
  if (Object.values(entries).every((list) => list.length === 0)) throw new Error(TEXTS.wrong.empty);
  return { place: file.baseUrl, organizationId: typeof file.organizationId === "string" ? file.organizationId : "", entries };
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

// Unlike storage, whose invalid entries are skipped, a file with an invalid entry is rejected.
function readList(kind, list) {
  if (!Array.isArray(list)) throw new Error(TEXTS.wrong.format);
  return list.map((raw, index) => {
    const entry = clean(kind, raw);
    if (!entry) throw new Error(TEXTS.wrong.entry(index + 1, kind, KINDS[kind]));
    return entry;
  });
}

/** How many of `theirs` are not in `ours`, and how many are newer. */
export function news(ours, theirs) {
  const counts = { added: 0, newer: 0 };
  for (const kind of Object.keys(KINDS)) {
    const met = new Map(ours[kind].map((entry) => [idOf(kind, entry), entry.met ?? ""]));
    for (const entry of theirs[kind]) {
      if (!met.has(idOf(kind, entry))) counts.added += 1;
      else if ((entry.met ?? "") > met.get(idOf(kind, entry))) counts.newer += 1;
    }
  }
  return counts;
}
