// `samples.json` for JavaScript: calls of each operation. It needs nothing of its runtime.

import samples from "./samples.json" with { type: "json" };

const isObject = (value) => value === Object(value);

/** Replaces each string that begins with / by what it points to. */
const fill = (value, organization) => {
  if (typeof value === "string" && value.startsWith("/")) return value.slice(1).split("/").reduce((at, key) => at[key], organization);
  if (Array.isArray(value)) return value.map((item) => fill(item, organization));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fill(field, organization)]));
};

/** The names of all operations. */
export const everyName = Object.keys(samples.operations);

/** The names of those that are not safe to repeat. */
export const neverTwice = everyName.filter((name) => samples.operations[name].once);

/** Valid arguments of an operation, for an organization of the sandbox or for a stand-in for fetch. */
export const argumentsOf = (name, organization = samples.organization) => fill(samples.operations[name].arguments, organization);

/** What the answer of an operation looks like. */
export const answerOf = (name) => fill(samples.operations[name].answer, samples.organization);

/** Each operation, as it succeeds in an organization of the sandbox. `once`: it is not safe to repeat. */
export const operations = Object.fromEntries(
  everyName.map((name) => {
    const call = (client, organization, options) => client[name](...argumentsOf(name, organization), options);
    return [name, { once: neverTwice.includes(name), call }];
  }),
);

export const newAgent = Object.freeze(argumentsOf("createAgent")[0]);
export const newCall = Object.freeze(argumentsOf("makeAiCall")[1]);
export const newMessage = Object.freeze(argumentsOf("sendMessage")[0]);

/** How many deliveries there are, of all operations. */
export const delivered = (deliveries) => deliveries.length;
