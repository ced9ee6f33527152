/** The budgets, and whether they hold. */
import { median } from "./support/tables.mjs";

/**
 * What raw fetch with an AbortController and a timer took where the budgets of time were set, µs.
 * Microseconds of another machine are brought to that one by what raw fetch takes there, in the
 * same run: only ratios of one run can be compared between machines.
 */
const RAW = 15.9;

const overRaw = (operation) => (r) => {
  const calls = r.calls?.node;
  return calls && (calls[operation].centerfy.overRaw * RAW) / calls.getAgent.raw.median;
};

const here = (operation) => (r) => `${r.calls.node[operation].centerfy.overRaw.toFixed(2)} µs`;

const BUDGETS = [
  ["module as a file + script, brotli", 7500, "bytes", (r) => r.size?.["centerfy, module as a file"].brotli],
  ["default entry, brotli", 9200, "bytes", (r) => r.size?.["centerfy, module inlined (the default)"].brotli],
  ["getAgent over raw fetch, Node", 4, "µs", overRaw("getAgent"), here("getAgent")],
  ["a page of 200 over raw fetch, Node", 6, "µs", overRaw("getContactMessages"), here("getContactMessages")],
  ["createAgent over raw fetch, Node", 8, "µs", overRaw("createAgent"), here("createAgent")],
  ["compile and instantiate", 1, "ms", (r) => r.start && median(r.start.instantiate)],
  ["first memory", 128, "KiB", (r) => r.start?.firstMemoryKiB],
];

export const verdicts = (results) => {
  const rows = [];
  for (const [what, most, unit, read, measured] of BUDGETS) {
    const value = read(results);
    if (value === undefined) continue;
    const shown = `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`;
    rows.push([what, measured?.(results) ?? shown, shown, `${most} ${unit}`, value <= most ? "yes" : "NO"]);
  }
  return {
    title: "Budgets",
    head: ["", "measured here", "where raw fetch takes 15.9 µs", "at most", "holds"],
    rows,
    notes: ["The budgets of time were set on a machine where raw fetch takes 15.9 µs."],
  };
};
