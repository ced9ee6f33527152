/** The body of Node's request: the stream if it is unread, else what a parser has made of it. */
import { afterQuietly } from "../../stores/clock.js";
import { DRAIN_MS, MOST_DRAINED } from "../drain.js";
import type { Incoming, Passed } from "./shapes.js";

/** A body, and what to do when the request has its answer. */
export interface Body {
  content: BodyInit;
  /** Whether it was read in front of the proxy, and nothing is left of it. */
  isTaken: boolean;
  /** Reads the rest, so that the connection can be used for the next request; too long a rest ends it. */
  finish(): void;
}

/**
 * Whether the stream has to be read. Express 4 sets `body` to `{}` before a parser of another type has
 * looked at the request, so an object says nothing while the stream is unread. Text and bytes come from
 * adapters, some of which have no stream.
 */
const isUnread = ({ on, readable, readableEnded, readableDidRead }: Incoming, body: unknown) =>
  typeof on === "function" && readable === true && !readableEnded && !readableDidRead && !(isRaw(body) && sizeOf(body));

const isRaw = (body: unknown): body is string | ArrayBufferView => typeof body === "string" || ArrayBuffer.isView(body);

const sizeOf = (body: string | ArrayBufferView) => (typeof body === "string" ? body.length : body.byteLength);

/** What a parser has left: text and bytes as they came, anything else as JSON again. */
const written = (body: unknown): BodyInit => (isRaw(body) ? (body as BodyInit) : (JSON.stringify(body) ?? ""));

/** Bytes of their own. A stream to which something in front has given an encoding has text. */
const bytesOf = (piece: Uint8Array | string) =>
  typeof piece === "string" ? new TextEncoder().encode(piece) : new Uint8Array(piece);

/** The stream, read only as far as the proxy reads. Unlike Node's iterator it leaves the connection open. */
const stream = (incoming: Incoming): { content: ReadableStream<Uint8Array>; stop: () => void } => {
  let isHeard = false;
  let stop = () => {};
  const listen = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    isHeard = true;
    const heard = {
      data: (piece: Uint8Array | string) => {
        controller.enqueue(bytesOf(piece));
        incoming.pause?.();
      },
      end: () => (stop(), controller.close()),
      error: (error: unknown) => (stop(), controller.error(error)),
      close: () => (stop(), controller.error(new Error("the connection was closed"))),
    };
    stop = () => {
      stop = () => {};
      for (const [event, listener] of Object.entries(heard)) incoming.removeListener?.(event, listener);
      // Without a listener an error would end the process.
      incoming.on?.("error", () => {});
    };
    for (const [event, listener] of Object.entries(heard)) incoming.on?.(event as "data", listener);
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    // A stream that flows would be gone before the proxy reads.
    start: (controller) => (incoming.readableFlowing ? listen(controller) : undefined),
    pull(controller) {
      if (isHeard) incoming.resume?.();
      else listen(controller);
    },
    cancel: () => stop(),
  };
  // Nothing is read before it is asked for.
  return { content: new ReadableStream(source, { highWaterMark: 0 }), stop: () => stop() };
};

const drain = (incoming: Incoming) => {
  if (!incoming.readable || incoming.readableEnded) return;
  let length = 0;
  const timer = afterQuietly(DRAIN_MS, () => incoming.destroy?.());
  incoming.on?.("data", (piece) => {
    length += piece.length;
    if (length > MOST_DRAINED) incoming.destroy?.();
  });
  incoming.on?.("error", () => {});
  incoming.on?.("close", () => clearTimeout(timer));
  incoming.on?.("end", () => clearTimeout(timer));
  incoming.resume?.();
};

/** What a parser has left in the request. Where a platform parses on demand, a body that is no JSON throws. */
const leftIn = (incoming: Incoming): unknown => {
  try {
    return incoming.body;
  } catch {
    return "";
  }
};

/** `passed.body` is what a parser keeps elsewhere than in the request. */
export const bodyOf = (incoming: Incoming, passed: Passed): Body => {
  const body = passed.body === undefined ? leftIn(incoming) : passed.body;
  if (isUnread(incoming, body)) {
    const { content, stop } = stream(incoming);
    return { content, isTaken: false, finish: () => (stop(), drain(incoming)) };
  }
  const finish = () => drain(incoming);
  return body === undefined ? { content: "", isTaken: true, finish } : { content: written(body), isTaken: false, finish };
};
