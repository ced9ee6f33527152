import * as script from "centerfy/js";
import * as usual from "centerfy";
import { check } from "./without-network.mjs";

if (typeof WebAssembly !== "undefined") throw new Error("there is WebAssembly");
const result = await check(usual);
console.log(JSON.stringify(result.failed ? result : await check(script)));
