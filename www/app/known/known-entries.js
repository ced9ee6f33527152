// What is known of agents, contacts and calls: what an entry may hold, how two lists become one, and
// how many stay. Pure.

/** The kinds, and the field that tells two entries of a kind apart. */
export const KINDS = { agents: "id", contacts: "id", calls: "call_id" };
/** How many entries of a kind are kept; those that were met longest ago go first. */
export const MOST_ENTRIES = 2_000;
const MOST_FIELDS = 20;
const LONGEST_VALUE = 500;

export const idOf = (kind, entry) => entry[KINDS[kind]];

/** An object with one value for each kind. */
export const eachKind = (make) => Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, make(kind)]));

/** What may stay of `raw`, or null when it is not an entry: files and storage can hold anything. */
export function clean(kind, raw) {
  const id = raw?.[KINDS[kind]];
  if (typeof id !== "string" || id === "" || id.length > LONGEST_VALUE) return null;
  const others = Object.entries(raw).filter(([name, value]) => name !== KINDS[kind] && name !== "met" && fits(value));
  const met = moment(raw.met);
  return { [KINDS[kind]]: id, ...Object.fromEntries(others.slice(0, MOST_FIELDS)), ...(met ? { met } : {}) };
}

const fits = (value) => ["boolean", "number"].includes(typeof value) || (typeof value === "string" && value.length <= LONGEST_VALUE);

// A clock that was wrong once should not keep an entry the newest for years.
function moment(value) {
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(Math.min(at, Date.now())).toISOString();
}

/** All entries of all kinds that can be read from `raw`; one that cannot does not lose the rest. */
export const cleanAll = (raw) => eachKind((kind) =>
  bounded(Array.isArray(raw?.[kind]) ? raw[kind].map((entry) => clean(kind, entry)).filter(Boolean) : []));

const metAt = ({ met }) => met ?? "";

/** Newest met first; what was never met keeps its order at the end. */
export const newestFirst = (list) => [...list].sort((a, b) => (metAt(a) < metAt(b) ? 1 : metAt(a) > metAt(b) ? -1 : 0));

export const bounded = (list) => newestFirst(list).slice(0, MOST_ENTRIES);

/** `list` with `entry` in place of, and completing, the one with its id, or else at the end. */
export function put(kind, list, entry) {
  const known = list.findIndex((other) => idOf(kind, other) === idOf(kind, entry));
  return known < 0 ? [...list, entry] : list.with(known, { ...list[known], ...entry });
}

/** Both lists as one. Of an entry that both have, the one that was met last wins. */
export function merged(kind, ours, theirs) {
  const byId = new Map(ours.map((entry) => [idOf(kind, entry), entry]));
  for (const entry of theirs) {
    const [older, newer] = newestFirst([entry, byId.get(idOf(kind, entry)) ?? entry]).reverse();
    byId.set(idOf(kind, entry), { ...older, ...newer });
  }
  return bounded([...byId.values()]);
}

/** `now` in the order that `before` has, so that a list does not jump; what is new comes first. */
export function inPlace(kind, before, now) {
  const fresh = new Map(now.map((entry) => [idOf(kind, entry), entry]));
  const kept = before.map((entry) => fresh.get(idOf(kind, entry))).filter(Boolean);
  for (const entry of kept) fresh.delete(idOf(kind, entry));
  return [...fresh.values(), ...kept];
}
