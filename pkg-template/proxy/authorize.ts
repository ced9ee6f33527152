/** Asks the proxy's operator on whose behalf a request is made. */
import { TimeoutError, within } from "../stores/within.js";
import type { AuthorizeContext } from "./api.js";
import type { Deadline } from "./deadline.js";
import type { Checked } from "./options.js";
import { Refusal } from "./refusal.js";

/** How long `authorize` may take, in milliseconds. */
const AUTHORIZE_MS = 10_000;
const LONGEST_SUBJECT = 200;

/** `authorize` did not answer. Why, the caller is not told. */
export class AuthorizeFailed extends Error {
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** The subject. A caller without one is refused. */
export const subjectOf = async ({ authorize }: Checked, asked: AuthorizeContext, deadline: Deadline): Promise<string> => {
  const ms = deadline.left(AUTHORIZE_MS);
  let subject: unknown;
  try {
    subject = await within(ms, undefined, () => authorize(asked));
  } catch (error) {
    throw error instanceof TimeoutError
      ? new AuthorizeFailed(503, `authorize did not answer within ${Math.round(ms)} ms`)
      : new AuthorizeFailed(500, "authorize failed", error);
  }
  if (subject === false) throw new Refusal(401, "Not signed in");
  if (typeof subject === "string" && subject && subject.length <= LONGEST_SUBJECT) return subject;
  throw new AuthorizeFailed(500, `authorize must answer false or a string of 1 to ${LONGEST_SUBJECT} characters`);
};
