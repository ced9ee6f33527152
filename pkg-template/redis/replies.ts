/** Reads the replies of scripts, which clients convert differently. */
import { UnusableStore } from "../store/within.js";

export const unexpected = (expected: string, reply: unknown) =>
  new UnusableStore(`redisStore(): eval must resolve to the reply of the script, ${expected}; got ${JSON.stringify(reply) ?? String(reply)}`);

export const listOf = (reply: unknown, least: number): unknown[] => {
  if (Array.isArray(reply) && reply.length >= least) return reply;
  throw unexpected(`a list of ${least} or more`, reply);
};

export const numberOf = (reply: unknown): number => {
  const number = typeof reply === "number" || typeof reply === "bigint" || (typeof reply === "string" && reply) ? Number(reply) : NaN;
  if (Number.isNaN(number)) throw unexpected("a number", reply);
  return number;
};

/** Upstash's client parses strings that look like JSON. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The reply of a step without a result is a number, too. */
export const ignored = (reply: unknown): void => void numberOf(reply);
