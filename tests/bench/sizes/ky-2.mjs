import ky from "ky-2";

const client = ky.create({ prefix: "https://crm.example", headers: { "x-api-key": "key" } });
console.log(await client.get("get-agent/id").json());
