// A call whose answer is lost on a reused connection: with every entry of the package it is sent once,
// and its error says that it may have been executed.
import { createRequire } from "node:module";
import * as imported from "centerfy";
import * as script from "centerfy/js";

const baseUrl = process.argv[2];
const required = createRequire(import.meta.url)("centerfy");
const ids = { contact_id: "con_1", organization_id: "org_1", sub_account_id: "sub_1" };
const passed = [];
const failed = [];
for (const [way, { Centerfy }] of Object.entries({ imported, script, required })) {
  const client = new Centerfy({ apiKey: `cfy_lost_${way}`, baseUrl });
  await client.getAgent("a");
  const ended = await client.makeAiCall("a", ids).catch((error) => error);
  (ended.maybeDelivered ? passed : failed).push(way);
}
console.log(JSON.stringify(failed.length ? { failed: `a lost call told as made: ${failed}` } : { passed }));
