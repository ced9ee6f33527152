/** The body of Node's request: the stream if it is unread, or else what a body parser left. */
import { afterQuietly } from "../../store/clock.js";
import { DRAIN_MS, MAX_DRAINED_BYTES } from "../drain.js";
import type { Incoming, HandlerExtras } from "./shapes.js";

/** A body, and how to finish it after the response. */
export interface Body {
  content: BodyInit;
  /** Whether it was read before it reached the proxy, and was not kept. */
  isConsumed: boolean;
  /** Reads the rest, so that the connection can be reused. If the rest is too long, the connection is closed. */
  finish(): void;
}

/**
 * Whether the stream has to be read. Express 4 sets `body` to `{}` even if no parser has read the request, so an
 * object means nothing while the stream is unread. Text and bytes come from adapters, some of which have no
 * stream.
 */
const isUnread = ({ on, readable, readableEnded, readableDidRead }: Incoming, body: unknown) =>
  typeof on === "function" && readable === true && !readableEnded && !readableDidRead && !(isRaw(body) && sizeOf(body));

const isRaw = (body: unknown): body is string | ArrayBufferView => typeof body === "string" || ArrayBuffer.isView(body);

const sizeOf = (body: string | ArrayBufferView) => (typeof body === "string" ? body.length : body.byteLength);

/** What a body parser left: text and bytes as they are, anything else as JSON. */
const written = (body: unknown): BodyInit => (isRaw(body) ? (body as BodyInit) : (JSON.stringify(body) ?? ""));

/** A copy of a chunk as bytes. If a middleware has set an encoding, a stream has text. */
const bytesOf = (piece: Uint8Array | string) =>
  typeof piece === "string" ? new TextEncoder().encode(piece) : new Uint8Array(piece);

/** The stream, read on demand. Unlike Node's iterator, it leaves the connection open. */
const stream = (incoming: Incoming): { content: ReadableStream<Uint8Array>; stop: () => void } => {
  let isListening = false;
  let stop = () => {};
  const listen = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    isListening = true;
    const listeners = {
      data: (piece: Uint8Array | string) => {
        controller.enqueue(bytesOf(piece));
        incoming.pause?.();
      },
      end: () => (stop(), controller.close()),
      error: (error: unknown) => (stop(), controller.error(error)),
      close: () => (stop(), controller.error(new Error("The connection was closed"))),
    };
    stop = () => {
      stop = () => {};
      for (const [event, listener] of Object.entries(listeners)) incoming.removeListener?.(event, listener);
      // Without a listener, an error would end the process.
      incoming.on?.("error", () => {});
    };
    for (const [event, listener] of Object.entries(listeners)) incoming.on?.(event as "data", listener);
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    // A flowing stream would be lost before the proxy reads.
    start: (controller) => (incoming.readableFlowing ? listen(controller) : undefined),
    pull(controller) {
      if (isListening) incoming.resume?.();
      else listen(controller);
    },
    cancel: () => stop(),
  };
  // Do not read ahead.
  return { content: new ReadableStream(source, { highWaterMark: 0 }), stop: () => stop() };
};

const drain = (incoming: Incoming) => {
  if (!incoming.readable || incoming.readableEnded) return;
  let length = 0;
  const timer = afterQuietly(DRAIN_MS, () => incoming.destroy?.());
  incoming.on?.("data", (piece) => {
    length += piece.length;
    if (length > MAX_DRAINED_BYTES) incoming.destroy?.();
  });
  incoming.on?.("error", () => {});
  incoming.on?.("close", () => clearTimeout(timer));
  incoming.on?.("end", () => clearTimeout(timer));
  incoming.resume?.();
};

/** What a body parser left in the request. Some platforms parse on access, which may throw. */
const leftIn = (incoming: Incoming): unknown => {
  try {
    return incoming.body;
  } catch {
    return "";
  }
};

/** `extras.body` is the body if a parser keeps it elsewhere than in the request. */
export const bodyOf = (incoming: Incoming, extras: HandlerExtras): Body => {
  const body = extras.body === undefined ? leftIn(incoming) : extras.body;
  if (isUnread(incoming, body)) {
    const { content, stop } = stream(incoming);
    return { content, isConsumed: false, finish: () => (stop(), drain(incoming)) };
  }
  const finish = () => drain(incoming);
  return body === undefined ? { content: "", isConsumed: true, finish } : { content: written(body), isConsumed: false, finish };
};
