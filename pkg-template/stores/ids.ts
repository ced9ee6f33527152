/** Ids that no other process has. */

const BYTES = 12;

/**
 * Drawn when it is needed, from the system: Node's `randomUUID` and `Math.random` keep a state that a
 * startup snapshot copies, and a Worker may draw nothing while its module is loaded.
 */
export const newId = (): string =>
  // Begins with a letter: some clients of Redis read what looks like a number as one.
  "i" +
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
