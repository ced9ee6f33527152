/** The budgets, and whether the results meet them. */
import { median } from "./support/tables.mjs";

const bytes = (name) => (r) => r.size?.[name].brotli;

/** As a ratio to raw fetch with an AbortController and a timer in the same round. */
const overRaw = (operation) => (r) => r.calls?.node && r.calls.node[operation].centerfy.ratio - 1;

/** Title, maximum, unit, and the path in the results; omitted where it was not measured. */
const BUDGETS = [
  // xtask/src/test/size.rs explains these bytes.
  ["module as a file + script, brotli", 7_800, "bytes", bytes("file")],
  ["default entry, brotli", 7_760, "bytes", bytes("default")],
  ["default entry by hand-written TypeScript", 1.4, "times", (r) => r.size && r.size.default.brotli / r.size.handwritten.brotli],
  ["typed Rust client, two operations, brotli", 54_500, "bytes", (r) => r.rust?.centerfy.brotli],
  ["getAgent over raw fetch, Node", 0.15, "of raw", overRaw("getAgent")],
  ["a page of 200 over raw fetch, Node", 0.06, "of raw", overRaw("getContactMessages")],
  ["createAgent over raw fetch, Node", 0.25, "of raw", overRaw("createAgent")],
  ["compile and instantiate", 1, "ms", (r) => r.start && median(r.start.instantiate)],
  ["first memory", 128, "KiB", (r) => r.start?.firstMemoryKiB],
];

const show = (value, unit) => `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`;

export const verdicts = (results) => {
  const rows = [];
  for (const [what, most, unit, read] of BUDGETS) {
    const value = read(results);
    if (value === undefined) continue;
    rows.push([what, show(value, unit), show(most, unit), value <= most ? "yes" : "NO"]);
  }
  if (!rows.length) return;
  return { title: "Budgets", head: ["", "measured", "at most", "holds"], rows };
};
