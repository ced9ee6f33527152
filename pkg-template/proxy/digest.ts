/** Digests, for names that give nothing away. */

/** The same JSON for the same value, in whatever order an object's fields are. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, it) =>
    it === Object(it) && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );

/** SHA-256, in hexadecimal. */
export const digest = async (parts: readonly unknown[]): Promise<string> => {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(parts))));
  return Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
