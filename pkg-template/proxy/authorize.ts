/** Calls `authorize`, which names the subject of a request. */
import type { Deadline } from "../store/unavailable.js";
import { TimeoutError, within } from "../store/within.js";
import type { AuthorizeContext } from "./api.js";
import type { Checked } from "./options.js";
import { Refusal } from "./refusal.js";

/** How long `authorize` may take, in milliseconds. */
const AUTHORIZE_MS = 10_000;
const MAX_SUBJECT_CHARACTERS = 200;

/** `authorize` did not return a subject. The caller does not learn why. */
export class AuthorizeFailed extends Error {
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** The subject of a request. Throws a refusal if the request has no subject. */
export const subjectOf = async ({ authorize }: Checked, context: AuthorizeContext, deadline: Deadline): Promise<string> => {
  const ms = deadline.left(AUTHORIZE_MS);
  let subject: unknown;
  try {
    subject = await within(ms, undefined, () => authorize(context));
  } catch (error) {
    throw error instanceof TimeoutError
      ? new AuthorizeFailed(503, `authorize() did not settle within ${Math.round(ms)} ms`)
      : new AuthorizeFailed(500, "authorize() threw an error", error);
  }
  if (subject === false) throw new Refusal(401, "Not signed in");
  if (typeof subject === "string" && subject && subject.length <= MAX_SUBJECT_CHARACTERS) return subject;
  throw new AuthorizeFailed(500, `authorize() must return false or a string of 1 to ${MAX_SUBJECT_CHARACTERS} characters`);
};
