// `samples.json` for JavaScript: calls of each operation. It depends on no runtime.

import samples from "./samples.json" with { type: "json" };

const isObject = (value) => value === Object(value);

/** Replaces each string that starts with / by the value at that pointer. */
const fill = (value, organization) => {
  if (typeof value === "string" && value.startsWith("/")) return value.slice(1).split("/").reduce((at, key) => at[key], organization);
  if (Array.isArray(value)) return value.map((item) => fill(item, organization));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fill(field, organization)]));
};

/** The names of all operations. */
export const everyName = Object.keys(samples.operations);

/** The names of the operations that are not repeat-safe. */
export const neverTwice = everyName.filter((name) => samples.operations[name].once);

/** Valid arguments of an operation, for an organization of the sandbox or for a stand-in for fetch. */
export const argumentsOf = (name, organization = samples.organization) => fill(samples.operations[name].arguments, organization);

/** A sample answer of an operation. */
export const answerOf = (name) => fill(samples.operations[name].answer, samples.organization);

/** A successful call of each operation in an organization of the sandbox. `once`: it is not repeat-safe. */
export const operations = Object.fromEntries(
  everyName.map((name) => {
    const call = (client, organization, options) => client[name](...argumentsOf(name, organization), options);
    return [name, { once: neverTwice.includes(name), call }];
  }),
);

export const newAgent = Object.freeze(argumentsOf("createAgent")[0]);
export const newCall = Object.freeze(argumentsOf("makeAiCall")[1]);
export const newMessage = Object.freeze(argumentsOf("sendMessage")[0]);

/** The number of deliveries of all operations. */
export const delivered = (deliveries) => deliveries.length;
