// Shared by the tests of the entries for front ends and traces: those entries of the installed package.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { entry } from "../node/support.mjs";

const require = createRequire(join(entry, "../package.json"));

/** An entry as Node.js imports it, such as `centerfy/otel`. */
export const load = (name) => import(pathToFileURL(require.resolve(`centerfy/${name}`)));
