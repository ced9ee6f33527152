// Writes a call as the code that makes it. The key is never in it: each takes it from the environment.

import { curl } from "./snippet-curl.js";
import { typescript } from "./snippet-typescript.js";

// Few choose Rust, so that comes when it is chosen. It imports nothing, so a build has it in a file of its own.
const rust = async (...given) => (await import("./snippet-rust.js")).rust(...given);

/** The languages by the names that are remembered. */
export const LANGUAGES = { typescript, rust, curl };

/**
 * Resolves with the code of `call`, which is `{ operation, args }`. `connection` says where to: `baseUrl`, or
 * nothing for the API's own, `auth`, whether it takes a key (`hasKey`), and whether it is a proxy (`proxied`).
 */
export const snippet = async (language, call, connection) => LANGUAGES[language](call, connection);

