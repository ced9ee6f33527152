/** The error class of this package. `public.d.ts` documents its fields. */
import type { ErrorCode, Operation } from "./types.js";

/** An invalid field and its problem. */
export interface Issue {
  field: string;
  message: string;
}

export interface ErrorFields {
  code: ErrorCode;
  operation?: Operation | undefined;
  field?: string;
  issues?: Issue[];
  attempts?: number;
  maybeDelivered?: boolean;
}

export class CenterfyError extends Error {
  declare code: ErrorCode;
  field?: string;
  issues?: Issue[];
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

/** The error for invalid arguments, whose message is about the first one. It may contain a number, but no other value. */
export const refused = (issues: Issue[], operation?: string) => {
  const { field, message } = issues[0]!;
  return new CenterfyError(`${operation ? operation + ": " : ""}${field} ${message}`, {
    code: "validation",
    operation: operation as Operation,
    field,
    issues,
  });
};

/** The error for one invalid argument. */
export const invalid = (field: string, expected: string, operation?: string) =>
  refused([{ field, message: "must be " + expected }], operation);
