// `centerfy/runs`, from where the package is installed.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(join(process.env.CENTERFY_PACKAGE, "x.js"));
export const { createRun } = await import(pathToFileURL(join(resolve("centerfy/package.json"), "../runs/index.js")));
