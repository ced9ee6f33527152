// Generates the code that makes a call. The key is never in it: the code reads it from the environment.

import { curl } from "./snippet-curl.js";
import { rust } from "./snippet-rust.js";
import { typescript } from "./snippet-typescript.js";

/** The languages, by the names that are stored. */
export const LANGUAGES = { typescript, rust, curl };

/**
 * The code of `call`, which is `{ operation, args }`. `connection` has `baseUrl` (omitted for the
 * API's own), `auth`, whether a key is needed (`hasKey`), and whether it is a proxy (`proxied`).
 */
export const snippet = (language, call, connection) => LANGUAGES[language](call, connection);

