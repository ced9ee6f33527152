import type { OperationName } from "./operations.ts";

export type ErrorCode =
  | "validation"
  | "bad_request"
  | "authentication"
  | "permission"
  | "not_found"
  | "rate_limited"
  | "server"
  | "http"
  | "network"
  | "timeout"
  | "parse";

interface Details {
  operation?: OperationName;
  status?: number;
  field?: string;
  body?: unknown;
  requestId?: string;
  retryAfter?: number;
  attempts?: number;
  maybeDelivered?: boolean;
  cause?: unknown;
}

/** Why a call failed. No part of it has the key. */
export class CenterfyError extends Error {
  readonly code: ErrorCode;
  declare readonly operation?: OperationName;
  declare readonly status?: number;
  declare readonly field?: string;
  declare readonly body?: unknown;
  declare readonly requestId?: string;
  declare readonly retryAfter?: number;
  readonly attempts: number = 0;
  readonly maybeDelivered: boolean = false;

  constructor(code: ErrorCode, message: string, { cause, ...details }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, details);
  }

  override get name() {
    return "CenterfyError";
  }

  /** Also for errors of another realm, where `instanceof` fails. */
  static is(value: any): value is CenterfyError {
    return value?.name === "CenterfyError" && typeof value.code === "string";
  }
}

/** The error for an argument. Its value is never repeated. */
export const invalid = (field: string, expected: string, operation?: OperationName) =>
  new CenterfyError("validation", `${operation ? `${operation}: ` : ""}${field} must be ${expected}`, {
    operation,
    field,
  });

const HINTS: Record<ErrorCode, string> = {
  validation: "not a valid request",
  bad_request: "the API refused the request",
  authentication: "the API key is missing or not valid",
  permission: "the API key has no access to this",
  not_found: "nothing has this id",
  rate_limited: "too many requests",
  server: "the API failed",
  http: "an unexpected answer",
  network: "no answer",
  timeout: "no answer in time",
  parse: "the answer is not JSON",
};

export const hint = (code: ErrorCode) => HINTS[code];

const CODES: Record<number, ErrorCode> = {
  400: "bad_request",
  401: "authentication",
  403: "permission",
  404: "not_found",
  429: "rate_limited",
};

export const codeOf = (status: number): ErrorCode =>
  CODES[status] ?? (status >= 500 && status < 600 ? "server" : "http");
