/** Digests, so that stores do not learn keys, subjects or requests. */

/** JSON with sorted fields, so that equal values have equal texts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, it) =>
    it === Object(it) && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );

/** The SHA-256 of a list of values, in hexadecimal. */
export const digest = async (parts: readonly unknown[]): Promise<string> => {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(parts))));
  return Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
