/** The errors of a sandbox's `fetch`, and of its options. */

/** What `fetch` rejects with when a connection breaks. */
export const broken = (how: string): TypeError => new TypeError(`fetch failed: ${how}`);

/** What to do about a URL that does not lead to the sandbox. */
export const WAY_IN = "give the client the sandbox's baseUrl, or a proxy as in docs/testing.md";

/** A value that is not as it must be. */
export const wrong = (name: string, expected: string, value: unknown): TypeError =>
  new TypeError(`${name} must be ${expected}, not ${shown(value)}`);

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Date) return "an invalid Date";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}
