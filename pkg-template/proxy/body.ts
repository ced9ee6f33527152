/** Reads the body of a request, which may be anything. */
import type { Spec } from "../generated/tables.js";
import { after } from "../stores/clock.js";
import { within } from "../stores/within.js";
import { Deadline } from "./deadline.js";
import { DRAIN_MS, MOST_DRAINED } from "./drain.js";
import { Refusal } from "./refusal.js";

/** The longest body, in bytes. */
const LONGEST = 65_536;
/** How long a body may take, in milliseconds. */
const PATIENCE = 10_000;
/** How long the next piece of a refused request is waited for, in milliseconds. */
const DRAIN_PIECE_MS = 1_000;
/** How deep JSON may be: no request of the API's is deeper than two. */
const DEEPEST = 16;

const tooLarge = () => new Refusal(413, `The body may have ${LONGEST} bytes`);

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads what is left of a refused body and drops it, up to a bound, before the refusal is answered. An unread
 * body stands in front of the next request of its connection; and a connection that is closed with
 * unread bytes is reset, which loses the answer.
 */
const drain = async (reader: Reader): Promise<void> => {
  const deadline = new Deadline(DRAIN_MS);
  try {
    for (let length = 0; length < MOST_DRAINED; ) {
      const { done, value } = await within(deadline.left(DRAIN_PIECE_MS), undefined, () => reader.read());
      if (done) return;
      length += value.length;
    }
  } catch {
    // It stalls, or the connection is gone.
  }
  reader.cancel().catch(() => {});
};

/** Drains the body of a refused request, where it was not read. */
export const discard = async ({ body }: Request): Promise<void> => {
  if (body && !body.locked) await drain(body.getReader());
};

/** The bytes of a body, up to the longest that it may be. */
const bytesOf = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = after(PATIENCE, () => reject(new Refusal(400, "The body took too long")));
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > LONGEST) throw tooLarge();
      pieces.push(value);
    }
  } catch (error) {
    await drain(reader);
    throw error instanceof Refusal ? error : new Refusal(400, "The body broke off");
  } finally {
    clearTimeout(timer);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** Whether brackets are nested deeper than they may be. Those in texts count not at all. */
const isDeep = (text: string): boolean => {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!isDeep(text)) return JSON.parse(text);
  } catch {}
  throw new Refusal(400, "The body is no JSON, or too deep");
};

/** Whether the body has been read already, so that the proxy cannot read it. */
const isTaken = ({ bodyUsed, body }: Request) => bodyUsed || body?.locked;

const TAKEN =
  "The request body was read before it reached the proxy. Mount the proxy in front of what reads it, or pass on what was read: " +
  "handler(request, response, { body }) with toNodeHandler, else a new Request";

/** The JSON object of a request. It has the operation's own fields, and no others. */
export const readBody = async (request: Request, spec: Spec): Promise<Record<string, unknown>> => {
  const { headers, body } = request;
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) {
    throw new Refusal(415, "The body must be application/json");
  }
  if (Number(headers.get("content-length")) > LONGEST) throw tooLarge();
  if (headers.get("content-length") && headers.get("transfer-encoding")) {
    throw new Refusal(400, "The body has two lengths");
  }
  if (isTaken(request)) throw new Refusal(500, TAKEN);
  const json = body ? parse(await bytesOf(body)) : undefined;
  if (json !== Object(json) || Array.isArray(json)) throw new Refusal(400, "The body must be a JSON object");
  const given = json as Record<string, unknown>;
  const known = [...spec._fields, "agent_id"];
  const strange = Object.keys(given).some((name) => !known.includes(name));
  if (strange) throw new Refusal(400, `${spec._name}: the body has a field that is not known`);
  return given;
};
