import { Centerfy, CenterfyError } from "centerfy/js";
import { check } from "./without-network.mjs";

if (typeof WebAssembly !== "undefined") throw new Error("there is WebAssembly");
console.log(JSON.stringify(await check({ Centerfy, CenterfyError })));
