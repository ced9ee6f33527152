import wretch from "wretch";
import abort from "wretch/addons/abort";
import { retry } from "wretch/middlewares";

const client = wretch("https://crm.example")
  .headers({ "x-api-key": "key" })
  .addon(abort())
  .middlewares([retry({ maxAttempts: 2 })]);
console.log(await client.get("/get-agent/id").setTimeout(30_000).json());
