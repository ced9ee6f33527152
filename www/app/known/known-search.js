// Finds among what is known. Pure.

import { eachKind, idOf, newestFirst } from "./known-entries.js";

const FIELDS = ["name", "phone", "email", "id", "call_id", "call_sid"];
const SHORTEST_NUMBER = 3;

/** Text as it is compared: without case and diacritics. */
export const fold = (text) => String(text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const digits = (text) => String(text ?? "").replace(/\D/g, "");

/** A finder for `known`: a function that gives `[{ kind, id, entry }]` for a query, newest met first. */
export function finder(known) {
  const names = eachKind((kind) => new Map(known[kind].map((entry) => [idOf(kind, entry), entry.name])));
  const all = newestFirst(Object.keys(known).flatMap((kind) => known[kind].map((entry) => ({ kind, entry, met: entry.met }))))
    .map(({ kind, entry }) => ({
      kind, entry, id: idOf(kind, entry),
      // A call has no name of its own; one looks for it by who spoke.
      text: fold([...FIELDS.map((name) => entry[name]), names.contacts.get(entry.contact_id), names.agents.get(entry.agent_id)]
        .filter(Boolean).join("\n")),
      number: digits(entry.phone),
    }));
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    // "(207) 555-01" finds +120755501…
    const number = /^[\d\s()+./-]+$/.test(query) ? digits(query) : "";
    return all.filter(({ text, number: own }) => words.every((word) => text.includes(word))
      || (number.length >= SHORTEST_NUMBER && own.includes(number)));
  };
}
