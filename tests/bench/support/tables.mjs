/** Tables for the terminal and for Markdown. */

/** The first column and those in `words` are text; the others are figures, aligned to the right. */
const isText = ({ head, words = [] }, i) => i === 0 || words.includes(head[i]);

export const plain = (table) => {
  const { title, head, rows, notes = [] } = table;
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const set = (cell, i) => (isText(table, i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const line = (row) => row.map(set).join("  ").trimEnd();
  return [title, "", ...all.map((row) => `  ${line(row)}`), ...notes.map((note) => `  ${note}`), ""].join("\n");
};

export const markdown = (table) => {
  const { title, head, rows, notes = [] } = table;
  const line = (row) => `| ${row.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${head.map((_, i) => (isText(table, i) ? "---|" : "---:|")).join("")}`;
  const under = notes.length ? ["", ...notes] : [];
  return [`### ${title}`, "", line(head), rule, ...rows.map(line), ...under, ""].join("\n");
};

/** 12 345 */
export const grouped = (number) => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u202f");

export const quantile = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

export const median = (values) => quantile(values, 0.5);

/** The median, and the middle half of all values. */
export const spread = (values, digits = 1) => {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(values, part).toFixed(digits));
  return { middle, range: `${low}…${high}` };
};
