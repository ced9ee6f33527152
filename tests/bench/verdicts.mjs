/** The budgets, and whether they hold. */
import { median } from "./support/tables.mjs";

/**
 * What raw fetch with an AbortController and a timer took where the budgets of time per call were
 * set, µs. They are parts of that: the same package takes twice as many microseconds here when the
 * machine is busy, as raw fetch does.
 */
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
    const perCall = unit === "µs";
    const judged = perCall ? (value * RAW) / raw : value;
    rows.push([what, show(value), perCall ? show(judged) : "", show(most), judged <= most ? "yes" : "NO"]);
  }
  if (!rows.length) return;
  return {
    title: "Budgets",
    head: ["", "measured", `where raw fetch takes ${RAW} µs`, "at most", "holds"],
    rows,
    notes: perCallNotes(raw),
  };
};

const perCallNotes = (raw) =>
  raw && [
    `The budgets per call were set where raw fetch of one agent takes ${RAW} µs; here it took ${raw.toFixed(1)}. They are`,
    "judged by the second column, in which both machines are as quick.",
  ];
