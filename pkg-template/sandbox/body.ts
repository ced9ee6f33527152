/** The body of an answer, in the manner that a fault asks for. */
import type { Clock } from "./clock.js";
import { broken } from "./errors.js";
import type { Reply } from "./generated/module.js";
import type { Line } from "./line.js";

/** The body in pieces. It ends, fails or waits as the connection does. */
export async function* pieces(reply: Reply, line: Line, clock: Clock): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const { body, manner } = reply;
  switch (manner.kind) {
    case "cut":
      yield* part(body, manner.bytes);
      line.done();
      throw broken("the sandbox reset the connection in the middle of the body");
    case "stuck":
      yield* part(body, manner.bytes);
      await line.breaks;
      return;
    case "trickle":
      for (let at = 0; at < body.length; at += manner.bytes) {
        await pause(manner.everyMs, line, clock);
        yield body.subarray(at, at + manner.bytes);
      }
      line.done();
      return;
    default:
      if (body.length > 0) yield body;
  }
}

/** The first bytes. At least one is always missing. */
function* part(body: Uint8Array<ArrayBuffer>, bytes: number): Generator<Uint8Array<ArrayBuffer>, void> {
  const end = Math.min(bytes, Math.max(body.length - 1, 0));
  if (end > 0) yield body.subarray(0, end);
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

/** How long the answer says that its body is. One that never becomes whole promises at least a byte. */
export const promised = ({ body, manner }: Reply): number =>
  manner.kind === "cut" || manner.kind === "stuck" ? Math.max(body.length, 1) : body.length;
