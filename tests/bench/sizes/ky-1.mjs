import ky from "ky-1";

const client = ky.create({ prefixUrl: "https://crm.example", headers: { "x-api-key": "key" } });
console.log(await client.get("get-agent/id").json());
