import { Centerfy } from "../handwritten/index.ts";

console.log(await new Centerfy({ apiKey: "key" }).getAgent("id"));
