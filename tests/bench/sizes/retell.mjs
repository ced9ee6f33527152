import Retell from "retell-sdk";

console.log(await new Retell({ apiKey: "key" }).agent.retrieve("id"));
