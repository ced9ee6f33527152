/** Decodes the module's bytes from a text that compresses well. */
import { length, order, printed } from "./generated/bytes.js";

/** The code of the first character that stands for an index. Characters below it are prefixes. */
const FIRST = "%".charCodeAt(0);
/** An index of this or more is a prefix and a character. */
const LIMIT = 86;
/** The code of the prefix that adds 0. */
const NO_PREFIX = "\"".charCodeAt(0);

export function bytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let from = 0;
  for (let at = 0; at < length; at++) {
    let code = printed.charCodeAt(from++);
    let more = 0;
    if (code < FIRST) {
      more = (code - NO_PREFIX) * LIMIT;
      code = printed.charCodeAt(from++);
    }
    bytes[at] = order[code - FIRST + more] as number;
  }
  return bytes;
}
