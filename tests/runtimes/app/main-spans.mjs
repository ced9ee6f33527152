import { report } from "./spans.mjs";

console.log(JSON.stringify(await report()));
