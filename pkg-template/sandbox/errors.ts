/** The errors of a sandbox's `fetch` and of its options. */

/** The error with which `fetch` rejects when a connection fails. */
export const connectionError = (why: string): TypeError => new TypeError(`fetch failed: ${why}`);

/** How to reach the sandbox, for error messages. */
export const HOW_TO_REACH = "pass the sandbox's baseUrl to the client, or use a proxy as in docs/testing.md";

/** The error for an invalid value. */
export const invalid = (name: string, expected: string, value: unknown): TypeError =>
  new TypeError(`${name} must be ${expected}, not ${describe(value)}`);

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Date) return "an invalid Date";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}
