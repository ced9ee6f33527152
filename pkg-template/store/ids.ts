/** Unique ids. */

const BYTES = 12;

/**
 * Generated on use, and from the system's randomness: Node's `randomUUID` and `Math.random` have a state that a
 * startup snapshot copies, and Workers do not allow random values at the top level of a module.
 */
export const newId = (): string =>
  // Starts with a letter, because some Redis clients parse strings that look like numbers.
  "i" +
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
