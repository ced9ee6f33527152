/** The budgets, and whether they hold. */
import { median } from "./support/tables.mjs";

const BUDGETS = [
  ["module as a file + script, brotli", 7500, "bytes", (r) => r.size?.["centerfy, module as a file"].brotli],
  ["default entry, brotli", 9200, "bytes", (r) => r.size?.["centerfy, module inlined (the default)"].brotli],
  ["getAgent over raw fetch, Node", 4, "µs", (r) => r.calls?.node?.getAgent.centerfy.overRaw],
  ["a page of 200 over raw fetch, Node", 6, "µs", (r) => r.calls?.node?.getContactMessages.centerfy.overRaw],
  ["createAgent over raw fetch, Node", 8, "µs", (r) => r.calls?.node?.createAgent.centerfy.overRaw],
  ["compile and instantiate", 1, "ms", (r) => r.start && median(r.start.instantiate)],
  ["first memory", 128, "KiB", (r) => r.start?.firstMemoryKiB],
];

export const verdicts = (results) => {
  const rows = [];
  for (const [what, most, unit, read] of BUDGETS) {
    const value = read(results);
    if (value === undefined) continue;
    const shown = Number.isInteger(value) ? value : value.toFixed(2);
    rows.push([what, `${shown} ${unit}`, `${most} ${unit}`, value <= most ? "yes" : "NO"]);
  }
  return { title: "Budgets", head: ["", "measured", "at most", "holds"], rows };
};
