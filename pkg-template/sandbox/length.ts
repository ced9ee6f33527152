/** The length of a response body. */
import type { Reply } from "./generated/module.js";

/** The length that the response declares. An incomplete response declares at least one byte. */
export const declaredLength = ({ body, transfer }: Reply): number =>
  transfer.kind === "cut" || transfer.kind === "stuck" ? Math.max(body.length, 1) : body.length;
