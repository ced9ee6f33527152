/** The one error of this package. `public.d.ts` describes its fields. */
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
    // Not a field of each, which a copy of an error would have too.
    this.prototype.name = "CenterfyError";
  }

  /** Also for errors of another frame or another copy of the package, where `instanceof` fails. */
  static is(value: any): value is CenterfyError {
    return value instanceof CenterfyError || (value?.name === "CenterfyError" && typeof value.code === "string");
  }
}

/** The error for an argument with what is wrong with it. Only a number may be in the text. */
export const refused = (field: string, problem: string, operation?: string) =>
  new CenterfyError(`${operation ? operation + ": " : ""}${field} ${problem}`, {
    code: "validation",
    operation: operation as Operation,
    field,
  });

/** The error for an argument that is not what it must be. */
export const invalid = (field: string, expected: string, operation?: string) =>
  refused(field, "must be " + expected, operation);
