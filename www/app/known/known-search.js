// Search in the known entries. Pure.

import { eachKind, idOf, newestFirst } from "./known-entries.js";

const FIELDS = ["name", "phone", "email", "id", "call_id", "call_sid"];
const SHORTEST_NUMBER = 3;

/** Text for comparison: without case and diacritics. */
export const fold = (text) => String(text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const digits = (text) => String(text ?? "").replace(/\D/g, "");

/** Creates a search for `known`: a function that returns `[{ kind, id, entry }]` for a query, most recent first. */
export function finder(known) {
  const names = eachKind((kind) => new Map(known[kind].map((entry) => [idOf(kind, entry), entry.name])));
  const all = newestFirst(Object.keys(known).flatMap((kind) => known[kind].map((entry) => ({ kind, entry, met: entry.met }))))
    .map(({ kind, entry }) => ({
      kind, entry, id: idOf(kind, entry),
      // A call has no name; it is found by its contact and agent.
      text: fold([...FIELDS.map((name) => entry[name]), names.contacts.get(entry.contact_id), names.agents.get(entry.agent_id)]
        .filter(Boolean).join("\n")),
      number: digits(entry.phone),
    }));
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    // "(207) 555-01" matches +120755501…
    const number = /^[\d\s()+./-]+$/.test(query) ? digits(query) : "";
    return all.filter(({ text, number: own }) => words.every((word) => text.includes(word))
      || (number.length >= SHORTEST_NUMBER && own.includes(number)));
  };
}
