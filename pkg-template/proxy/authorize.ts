/** Asks the proxy's operator who it is that asks. */
import { after } from "../stores/clock.js";
import type { Asked } from "./api.js";
import type { Checked } from "./options.js";
import { Refusal } from "./refusal.js";

/** How long that may take, in milliseconds. */
const PATIENCE = 10_000;
const LONGEST_SUBJECT = 200;

/** Why nobody can say who asks. The caller hears no more than that. */
export class Unknown extends Error {
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** The subject, or the refusal of who is none. */
export const subjectOf = async ({ authorize }: Checked, asked: Asked): Promise<string> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = after(PATIENCE, () => reject(new Unknown(503, `authorize said nothing in ${PATIENCE} ms`)));
  });
  let subject: unknown;
  try {
    subject = await Promise.race([authorize(asked), late]);
  } catch (error) {
    throw error instanceof Unknown ? error : new Unknown(500, "authorize failed", error);
  } finally {
    clearTimeout(timer);
  }
  if (subject === false) throw new Refusal(401, "Nobody is signed in");
  if (typeof subject === "string" && subject && subject.length <= LONGEST_SUBJECT) return subject;
  throw new Unknown(500, `authorize must answer false or a string of 1 to ${LONGEST_SUBJECT} characters`);
};
