/** The error class of this package. `public.d.ts` documents its fields. */
import type { ErrorCode, Operation } from "./types.js";

export interface ErrorFields {
  code: ErrorCode;
  operation?: Operation | undefined;
  field?: string;
  attempts?: number;
  maybeDelivered?: boolean;
}

export class CenterfyError extends Error {
  declare code: ErrorCode;
  status?: number;
  body?: unknown;
  requestId?: string;
  retryAfter?: number;

  constructor(message: string, fields: ErrorFields, cause?: unknown) {
    super(message, cause === undefined ? cause : { cause });
    Object.assign(this, { attempts: 0, maybeDelivered: false }, fields);
  }

  static {
    // Not an own property, which a copy of an error would also have.
    this.prototype.name = "CenterfyError";
  }

  /** Also for errors of another frame or another copy of the package, where `instanceof` fails. */
  static is(value: any): value is CenterfyError {
    return value instanceof CenterfyError || (value?.name === "CenterfyError" && typeof value.code === "string");
  }
}

/** The error for an argument and its problem. The text may contain a number, but no other value. */
export const refused = (field: string, problem: string, operation?: string) =>
  new CenterfyError(`${operation ? operation + ": " : ""}${field} ${problem}`, {
    code: "validation",
    operation: operation as Operation,
    field,
  });

/** The error for an invalid argument. */
export const invalid = (field: string, expected: string, operation?: string) =>
  refused(field, "must be " + expected, operation);
