/** The package that this program is a file of. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Its folder, with a slash at the end. */
export const PACKAGE = fileURLToPath(new URL(".", import.meta.url));

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(`${PACKAGE}package.json`, "utf8")) as { version: string }).version;
