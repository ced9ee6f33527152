import { Centerfy } from "centerfy";

console.log(await new Centerfy({ apiKey: "key" }).getAgent("id"));
