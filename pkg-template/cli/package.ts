/** The installed package. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Its directory, with a trailing slash. */
export const PACKAGE = fileURLToPath(new URL(".", import.meta.url));

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(`${PACKAGE}package.json`, "utf8")) as { version: string }).version;
