// The known agents, contacts and calls: the fields of an entry, merging of lists, and their size
// limit. Pure.

/** The kinds, and the field that identifies an entry of each. */
export const KINDS = { agents: "id", contacts: "id", calls: "call_id" };
/** The maximum number of entries of a kind; the oldest are dropped first. */
export const MOST_ENTRIES = 2_000;
const MOST_FIELDS = 20;
const LONGEST_VALUE = 500;

export const idOf = (kind, entry) => entry[KINDS[kind]];

/** An object with one value for each kind. */
export const eachKind = (make) => Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, make(kind)]));

/** The valid fields of `raw`, or null if it is not an entry: files and storage can contain anything. */
export function clean(kind, raw) {
  const id = raw?.[KINDS[kind]];
  if (typeof id !== "string" || id === "" || id.length > LONGEST_VALUE) return null;
  const others = Object.entries(raw).filter(([name, value]) => name !== KINDS[kind] && name !== "met" && fits(value));
  const met = moment(raw.met);
  return { [KINDS[kind]]: id, ...Object.fromEntries(others.slice(0, MOST_FIELDS)), ...(met ? { met } : {}) };
}

const fits = (value) => ["boolean", "number"].includes(typeof value) || (typeof value === "string" && value.length <= LONGEST_VALUE);

// A time in the future, from a wrong clock, must not keep an entry newest for years.
function moment(value) {
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(Math.min(at, Date.now())).toISOString();
}

/** All valid entries of all kinds in `raw`; invalid ones are skipped. */
export const cleanAll = (raw) => eachKind((kind) =>
  bounded(Array.isArray(raw?.[kind]) ? raw[kind].map((entry) => clean(kind, entry)).filter(Boolean) : []));

const metAt = ({ met }) => met ?? "";

/** Most recent first; entries without a time keep their order at the end. */
export const newestFirst = (list) => [...list].sort((a, b) => (metAt(a) < metAt(b) ? 1 : metAt(a) > metAt(b) ? -1 : 0));

export const bounded = (list) => newestFirst(list).slice(0, MOST_ENTRIES);

/** `list` with `entry` merged into the one with its id, or else appended. */
export function put(kind, list, entry) {
  const known = list.findIndex((other) => idOf(kind, other) === idOf(kind, entry));
  return known < 0 ? [...list, entry] : list.with(known, { ...list[known], ...entry });
}

/** Both lists merged. If both have an entry, the most recent one wins. */
export function merged(kind, ours, theirs) {
  const byId = new Map(ours.map((entry) => [idOf(kind, entry), entry]));
  for (const entry of theirs) {
    const [older, newer] = newestFirst([entry, byId.get(idOf(kind, entry)) ?? entry]).reverse();
    byId.set(idOf(kind, entry), { ...older, ...newer });
  }
  return bounded([...byId.values()]);
}

/** `now` in the order of `before`, so that a list does not jump; new entries come first. */
export function inPlace(kind, before, now) {
  const fresh = new Map(now.map((entry) => [idOf(kind, entry), entry]));
  const kept = before.map((entry) => fresh.get(idOf(kind, entry))).filter(Boolean);
  for (const entry of kept) fresh.delete(idOf(kind, entry));
  return [...fresh.values(), ...kept];
}
