/** The length of an answer's body. */
import type { Reply } from "./generated/module.js";

/** How long the answer says that its body is. One that never becomes whole promises at least a byte. */
export const promised = ({ body, manner }: Reply): number =>
  manner.kind === "cut" || manner.kind === "stuck" ? Math.max(body.length, 1) : body.length;
