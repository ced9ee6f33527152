/** Reads the body of a request, which is not trusted. */
import type { Spec } from "../generated/tables.js";
import { after } from "../store/clock.js";
import { within } from "../store/within.js";
import { RequestDeadline } from "./deadline.js";
import { DRAIN_MS, MAX_DRAINED_BYTES } from "./drain.js";
import { Refusal } from "./refusal.js";

/** The largest request body, in bytes. */
const MAX_BODY_BYTES = 65_536;
/** How long a request body may take to arrive, in milliseconds. */
const BODY_TIMEOUT_MS = 10_000;
/** How long to wait for the next chunk of a refused request, in milliseconds. */
const DRAIN_PIECE_MS = 1_000;
/** How deeply JSON may be nested. Requests of the API have at most two levels. */
const MAX_DEPTH = 16;

const tooLarge = () => new Refusal(413, `The request body must not exceed ${MAX_BODY_BYTES} bytes`);

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads the rest of a refused body and discards it, up to a bound, before the refusal is sent. An unread
 * body blocks the next request of its connection, and a connection that is closed with unread bytes is
 * reset, which loses the response.
 */
const drain = async (reader: Reader): Promise<void> => {
  const deadline = new RequestDeadline(DRAIN_MS);
  try {
    for (let length = 0; length < MAX_DRAINED_BYTES; ) {
      const { done, value } = await within(deadline.left(DRAIN_PIECE_MS), undefined, () => reader.read());
      if (done) return;
      length += value.length;
    }
  } catch {
    // The body stalled, or the connection was closed.
  }
  reader.cancel().catch(() => {});
};

/** Drains the body of a refused request if it was not read. */
export const discard = async ({ body }: Request): Promise<void> => {
  if (body && !body.locked) await drain(body.getReader());
};

/** Reads a body, up to the largest allowed size. */
const bytesOf = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = after(BODY_TIMEOUT_MS, () => reject(new Refusal(400, `The request body did not arrive within ${BODY_TIMEOUT_MS} ms`)));
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > MAX_BODY_BYTES) throw tooLarge();
      pieces.push(value);
    }
  } catch (error) {
    await drain(reader);
    throw error instanceof Refusal ? error : new Refusal(400, "The request body is incomplete");
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

/** Whether JSON is nested too deeply. Brackets in strings do not count. */
const isDeep = (text: string): boolean => {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!isDeep(text)) return JSON.parse(text);
  } catch {}
  throw new Refusal(400, `The request body must be JSON with at most ${MAX_DEPTH} levels of nesting`);
};

/** Whether the body was read before, so that the proxy cannot read it. */
const isConsumed = ({ bodyUsed, body }: Request) => bodyUsed || body?.locked;

const CONSUMED =
  "The request body was read before it reached the proxy. Mount the proxy in front of the body parser, or pass the body on: " +
  "with toNodeHandler, call handler(request, response, { body }); otherwise, pass a new Request";

/** The JSON object of a request, which may have only fields of its operation. */
export const readBody = async (request: Request, spec: Spec): Promise<Record<string, unknown>> => {
  const { headers, body } = request;
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) {
    throw new Refusal(415, "The content type must be application/json");
  }
  if (Number(headers.get("content-length")) > MAX_BODY_BYTES) throw tooLarge();
  if (headers.get("content-length") && headers.get("transfer-encoding")) {
    throw new Refusal(400, "The request must not have both content-length and transfer-encoding");
  }
  if (isConsumed(request)) throw new Refusal(500, CONSUMED);
  const json = body ? parse(await bytesOf(body)) : undefined;
  if (json !== Object(json) || Array.isArray(json)) throw new Refusal(400, "The request body must be a JSON object");
  const fields = json as Record<string, unknown>;
  const known = [...spec._fields, "agent_id"];
  const hasUnknownField = Object.keys(fields).some((name) => !known.includes(name));
  if (hasUnknownField) throw new Refusal(400, `${spec._name}: the request body has an unknown field`);
  return fields;
};
