/** The checks of the module, in JavaScript: they run where the module is not loaded. */
import type { Bindings } from "../bindings.js";
import { accepted, fields, REQUIRED, rules, type FieldSchema } from "../generated/checks.js";
import { Kind } from "../generated/protocol.js";
import { operations, words } from "../generated/tables.js";

/** The kinds of values by the names of JSON Schema. A boolean has two kinds. */
const kinds: Record<string, Kind> = {
  string: Kind.String,
  number: Kind.Number,
  integer: Kind.Number,
  object: Kind.Object,
  boolean: Kind.True,
};

/** The names of all fields of all operations. */
const names = operations.flatMap(({ _fields: fields }) => fields);

/** The fields of the current request that are valid, with their values as far as rules depend on them. */
let valid: Record<string, unknown>;

const fits = (schema: FieldSchema, kind: Kind, size: number, word: number) => {
  const { type, enum: list, minimum, maximum, minLength, maxLength } = schema;
  return (
    kinds[type!] === (kind === Kind.False ? Kind.True : kind) &&
    !(list && !list.includes(words[word] as string)) &&
    isFinite(size) &&
    !(type === "integer" && size % 1) &&
    !(size < (minimum ?? minLength)!) &&
    !(size > (maximum ?? maxLength)!)
  );
};

export const check: Bindings["field"] = (index, kind, size, word) => {
  const [wrong, missing] = fields[index]!;
  const schema = accepted[wrong]!;
  // The first field of a request.
  if (schema.type === "object") valid = {};
  if (kind === Kind.Absent) {
    const [field, value] = rules[missing] ?? [];
    return missing === REQUIRED || (field && valid[field] === value) ? missing : 0;
  }
  if (!fits(schema, kind, size, word)) return wrong;
  valid[names[index]!] = kind === Kind.True || words[word];
  return 0;
};
