/** The rules of a request as JSON Schema. */
import { accepted, fields, REQUIRED, rules } from "../generated/checks.js";
import type { Spec } from "../generated/tables.js";
import type { JsonSchema } from "./api.js";

const DIALECTS: Record<string, string> = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
};

export const toJSONSchema = ({ _fields: names, _firstField: first }: Spec, target: string): JsonSchema => {
  const $schema = DIALECTS[target];
  if (!$schema) throw new Error(`target must be one of ${Object.keys(DIALECTS).join(", ")}`);
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  const allOf: unknown[] = [];
  // The first field is the request itself.
  names.forEach((name, i) => {
    const [wrong, missing] = fields[first + i]!;
    if (!i) return;
    properties[name] = accepted[wrong];
    if (missing === REQUIRED) required.push(name);
    const rule = rules[missing];
    if (rule) {
      const [field, value] = rule;
      allOf.push({ if: { properties: { [field]: { const: value } }, required: [field] }, then: { required: [name] } });
    }
  });
  const schema = { $schema, type: "object", properties, required, ...(allOf.length ? { allOf } : {}) };
  // The caller may change it.
  return JSON.parse(JSON.stringify(schema));
};
