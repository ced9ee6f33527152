/** The rule of a field. */
export interface Field {
  name: string;
  expected: string;
  fits: (value: any) => boolean;
  optional?: boolean;
  /** It is required when another field has this value. */
  when?: [field: string, value: unknown];
}

export const text = (name: string): Field => ({
  name,
  expected: "a string",
  fits: (value) => typeof value === "string",
});

export const id = (name: string): Field => ({
  name,
  expected: "a non-empty string",
  fits: (value) => typeof value === "string" && value !== "",
});

/** An id that becomes a segment of a path: `.` and `..` would lead elsewhere. */
export const pathId = (name: string): Field => ({
  name,
  expected: 'a non-empty string other than "." or ".."',
  fits: (value) => typeof value === "string" && !/^\.{0,2}$/.test(value),
});

export const boolean = (name: string): Field => ({
  name,
  expected: "true or false",
  fits: (value) => typeof value === "boolean",
});

export const number = (name: string, least = -Infinity, most = Infinity): Field => ({
  name,
  expected: most === Infinity ? "a finite number" : `a number from ${least} to ${most}`,
  fits: (value) => Number.isFinite(value) && value >= least && value <= most,
});

export const integer = (name: string, least: number, most: number): Field => ({
  name,
  expected: most === 200 ? "an integer from 1 to 200" : "a non-negative integer",
  fits: (value) => Number.isInteger(value) && value >= least && value <= most,
});

export const oneOf = (name: string, values: string[]): Field => ({
  name,
  expected: "one of " + values.map((value) => `"${value}"`).join(", "),
  fits: (value) => values.includes(value),
});

export const object = (name: string): Field => ({
  name,
  expected: "an object",
  fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
});

export const nothing = (name: string): Field => ({
  name,
  expected: "omitted because it cannot be changed",
  fits: () => false,
  optional: true,
});

export const optional = (field: Field): Field => ({ ...field, optional: true });

export const when = (other: string, value: unknown, field: Field): Field => ({
  ...field,
  optional: true,
  when: [other, value],
});

/** What is wrong with a value, or `undefined`. `request` is the object that has the field. */
export const fault = (field: Field, value: unknown, request: any): string | undefined => {
  const { expected, when, fits } = field;
  if (value !== undefined) return fits(value) ? undefined : `must be ${expected}`;
  if (!field.optional) return "is required";
  if (when && request[when[0]] === when[1]) return `is required when ${when[0]} is ${JSON.stringify(when[1])}`;
  return;
};
