import { ofetch } from "ofetch";

const client = ofetch.create({ baseURL: "https://crm.example", headers: { "x-api-key": "key" }, retry: 2, timeout: 30_000 });
console.log(await client("/get-agent/id"));
