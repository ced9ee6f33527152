/** The body of an answer, in the manner that a fault asks for. */
import type { Clock } from "./clock.js";
import { broken } from "./errors.js";
import type { Reply } from "./generated/module.js";
import type { Line } from "./line.js";
import { promised } from "./promised.js";

/**
 * The body in pieces. It ends, fails or waits as the connection does. Each piece has a buffer of its own:
 * workerd takes them over.
 */
export async function* pieces(reply: Reply, line: Line, clock: Clock): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const { body, manner } = reply;
  switch (manner.kind) {
    case "cut":
      yield* part(reply, manner.bytes);
      line.done();
      throw broken("the sandbox reset the connection in the middle of the body");
    case "stuck":
      yield* part(reply, manner.bytes);
      await line.breaks;
      return;
    case "trickle":
      for (let at = 0; at < body.length; at += manner.bytes) {
        await pause(manner.everyMs, line, clock);
        yield body.slice(at, at + manner.bytes);
      }
      line.done();
      return;
    default:
      if (body.length > 0) yield body;
  }
}

/** The first bytes. At least one of those that are promised is always missing. */
function* part(reply: Reply, bytes: number): Generator<Uint8Array<ArrayBuffer>, void> {
  const end = Math.min(bytes, promised(reply) - 1);
  if (end > 0) yield reply.body.slice(0, end);
}

/** Waits, unless the line breaks. */
export async function pause(ms: number, line: Line, clock: Clock): Promise<void> {
  const wait = clock.wait(ms);
  try {
    await Promise.race([wait.over, line.breaks]);
  } finally {
    wait.cancel();
  }
}
