// The suite in Bun, with Bun's own Redis client.

import { redisStore } from "../proxy/load.mjs";
import { suite } from "./suite.mjs";

const client = new Bun.RedisClient(process.argv[2]);
let prefixes = 0;
const results = await suite(() => redisStore(client, { prefix: `bun-${++prefixes}` }));
console.log(JSON.stringify(results.map(({ name, error }) => ({ name, error: error && String(error) }))));
process.exit();
