/** The budgets, and whether they hold. */
import { median } from "./support/tables.mjs";

/** What raw fetch with an AbortController and a timer took where the budgets of time were set, µs. */
const RAW = 15.9;

const overRaw = (operation) => (r) => r.calls?.node?.[operation].centerfy.overRaw;

const BUDGETS = [
  ["module as a file + script, brotli", 7500, "bytes", (r) => r.size?.["centerfy, module as a file"].brotli],
  ["default entry, brotli", 9200, "bytes", (r) => r.size?.["centerfy, module inlined (the default)"].brotli],
  ["getAgent over raw fetch, Node", 4, "µs", overRaw("getAgent")],
  ["a page of 200 over raw fetch, Node", 6, "µs", overRaw("getContactMessages")],
  ["createAgent over raw fetch, Node", 8, "µs", overRaw("createAgent")],
  ["compile and instantiate", 1, "ms", (r) => r.start && median(r.start.instantiate)],
  ["first memory", 128, "KiB", (r) => r.start?.firstMemoryKiB],
];

export const verdicts = (results) => {
  const raw = results.calls?.node?.getAgent.raw.median;
  const rows = [];
  for (const [what, most, unit, read] of BUDGETS) {
    const value = read(results);
    if (value === undefined) continue;
    const show = (value) => `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`;
    rows.push([what, show(value), unit === "µs" ? show((value * RAW) / raw) : "", show(most), value <= most ? "yes" : "NO"]);
  }
  return {
    title: "Budgets",
    head: ["", "measured", "as a part of raw fetch, of 15.9 µs", "at most", "holds"],
    rows,
    notes: [
      "The budgets of time were set on a machine where raw fetch takes 15.9 µs; the second column brings",
      "this machine's figures to that one. Whether they hold is judged by what was measured.",
    ],
  };
};
