/** µs per call with a stubbed fetch, over what raw fetch costs in the same round. */
import { runtimes } from "./calls/runtimes.mjs";
import { median, spread } from "./support/tables.mjs";

const TITLES = {
  raw: "raw fetch with AbortController and timer",
  centerfy: "centerfy",
  handwritten: "hand-written TypeScript",
  retell: "Retell SDK",
  vapi: "Vapi server SDK",
  stripe: "Stripe",
  openai: "openai",
  ky: "ky 2.1",
};

const OPERATIONS = {
  getAgent: "getAgent",
  getContactMessages: "getContactMessages, a page of 200",
  createAgent: "createAgent, all checks",
};

/** The rounds of the group that a client was in. */
const roundsOf = (groups, operation, client) => groups.map((group) => group[operation]).find((figures) => figures[client]);

const over = (figures, client) => figures[client].map((value, round) => value - figures.raw[round]);

export const calls = async ({ only, rounds, ms, note }) => {
  const data = {};
  const titles = {};
  for (const [name, runtime] of Object.entries(runtimes)) {
    if (only && !only.includes(name)) continue;
    titles[name] = await runtime.title();
    note(`time per call in ${titles[name]}`);
    data[name] = await runtime.run("calls/entry.mjs", { rounds, ms });
  }
  const tables = Object.entries(OPERATIONS).map(([operation, title]) => table(operation, title, data, titles));
  return { data: summary(data), titles, tables };
};

const table = (operation, title, data, titles) => {
  const rows = Object.entries(TITLES).map(([client, name]) => [
    name,
    ...Object.keys(data).map((runtime) => {
      const figures = roundsOf(data[runtime], operation, client);
      if (client === "raw") return `${spread(figures.raw).middle} in all`;
      const { middle, range } = spread(over(figures, client));
      return `+${middle} (${range})`.replace("+-", "-");
    }),
  ]);
  return {
    title: `Time per call over raw fetch, µs: ${title}`,
    head: ["", ...Object.values(titles)],
    rows,
    notes: [
      "Medians of the differences within a round, and the middle half of them. Node, Deno and Bun: CPU time of",
      "the thread, on Linux; workerd and Chromium: elapsed time.",
    ],
  };
};

const summary = (data) =>
  map(data, (groups) =>
    map(OPERATIONS, (_, operation) =>
      map(TITLES, (_, client) => {
        const figures = roundsOf(groups, operation, client);
        return {
          median: median(figures[client]),
          overRaw: median(over(figures, client)),
          ratio: median(figures[client].map((value, round) => value / figures.raw[round])),
        };
      }),
    ),
  );

const map = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
