/** The body of a response, transferred as a fault describes. */
import type { Clock } from "./clock.js";
import type { Connection } from "./connection.js";
import { connectionError } from "./errors.js";
import type { Reply } from "./generated/module.js";
import { declaredLength } from "./length.js";

/**
 * The body in pieces. It ends, fails or stalls as the connection does. Each piece has its own buffer, because
 * workerd transfers the buffers.
 */
export async function* pieces(
  reply: Reply,
  connection: Connection,
  clock: Clock,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const { body, transfer } = reply;
  switch (transfer.kind) {
    case "cut":
      yield* part(reply, transfer.bytes);
      connection.complete();
      throw connectionError("the sandbox reset the connection before the end of the body");
    case "stuck":
      yield* part(reply, transfer.bytes);
      await connection.closed;
      return;
    case "trickle":
      for (let start = 0; start < body.length; start += transfer.bytes) {
        await pause(transfer.everyMs, connection, clock);
        yield body.slice(start, start + transfer.bytes);
      }
      connection.complete();
      return;
    default:
      if (body.length > 0) yield body;
  }
}

/** The first bytes. At least one of the declared bytes is always missing. */
function* part(reply: Reply, bytes: number): Generator<Uint8Array<ArrayBuffer>, void> {
  const end = Math.min(bytes, declaredLength(reply) - 1);
  if (end > 0) yield reply.body.slice(0, end);
}

/** Waits. Rejects if the connection closes meanwhile. */
export async function pause(ms: number, connection: Connection, clock: Clock): Promise<void> {
  const wait = clock.wait(ms);
  try {
    await Promise.race([wait.over, connection.closed]);
  } finally {
    wait.cancel();
  }
}
