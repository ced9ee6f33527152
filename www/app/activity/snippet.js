// Writes a call as the code that makes it. The key is never in it: each takes it from the environment.

import { curl } from "./snippet-curl.js";
import { rust } from "./snippet-rust.js";
import { typescript } from "./snippet-typescript.js";

/** The languages by the names that are remembered. */
export const LANGUAGES = { typescript, rust, curl };

/**
 * The code of `call`, which is `{ operation, args }`. `connection` says where to: `baseUrl`, or
 * nothing for the API's own, `auth`, whether it takes a key (`hasKey`), and whether it is a proxy (`proxied`).
 */
export const snippet = (language, call, connection) => LANGUAGES[language](call, connection);

