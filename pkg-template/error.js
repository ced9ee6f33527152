/**
 * The one error of this package. Its fields are described in `index.d.ts`.
 */
export class CenterfyError extends Error {
  constructor(message, fields, cause) {
    super(message, cause === undefined ? cause : { cause });
    Object.assign(this, { attempts: 0, maybeDelivered: false }, fields);
  }

  get name() {
    return "CenterfyError";
  }

  /** Also for errors of another realm or another copy of the package, where `instanceof` fails. */
  static is(value) {
    return value?.name === "CenterfyError" && typeof value.code === "string";
  }
}

/** The error for an argument that is not what it has to be. Its value is never repeated. */
export const invalid = (field, expected, operation) =>
  new CenterfyError(`${operation ? operation + ": " : ""}${field} must be ${expected}`, {
    code: "validation",
    operation,
    field,
  });
