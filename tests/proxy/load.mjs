// The package's proxy and stores, from where it is installed.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(join(process.env.CENTERFY_PACKAGE, "x.js"));
const load = (entry) => import(pathToFileURL(join(resolve("centerfy/package.json"), "..", entry)));
export const { createProxy, memoryStore } = await load("proxy/index.js");
export const { redisStore } = await load("redis/index.js");
export const { settle } = await load("store/index.js");
export const { toNodeHandler } = await load("proxy/node.js");
