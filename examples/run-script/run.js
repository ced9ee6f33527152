// Writes to the people in a CSV file, in their hours and at most once each. Start it again at any time: it continues.
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "redis";
import { Centerfy } from "centerfy";
import { redisStore } from "centerfy/redis";
import { createRun } from "centerfy/runs";
import { settle } from "centerfy/store";
import { clientOptions } from "./api.js";
import { count, itemsOf } from "./people.js";
import { ProgressBar, time } from "./progress.js";

const USAGE = `Usage: npm start -- PEOPLE.csv [options]

  --dry-run         shows what would be sent, and when
  --id ID           the run; default: the name of the file
  --text TEXT       the message; {name} is the first name
  --from, --to      the hours, such as 09:00 and 18:00, in each person's time zone
  --days DAYS       such as mon,tue,wed,thu,fri
  --report          shows what was sent, and sends nothing
  --delivered KEY, --not-delivered KEY
                    settles a person whose outcome is unknown
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "dry-run": { type: "boolean" },
    id: { type: "string" },
    text: { type: "string", default: "Hello {name}, your next check-up is due. Shall we find a date?" },
    from: { type: "string", default: "09:00" },
    to: { type: "string", default: "18:00" },
    days: { type: "string", default: "mon,tue,wed,thu,fri" },
    report: { type: "boolean" },
    delivered: { type: "string", multiple: true, default: [] },
    "not-delivered": { type: "string", multiple: true, default: [] },
  },
});
const [file] = positionals;
if (!file) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", (error) => console.error(`Redis: ${error.message}`));
await redis.connect();

const store = redisStore(redis);
const id = values.id ?? basename(file, ".csv");
const bar = new ProgressBar(await count(file));
const run = createRun({
  centerfy: new Centerfy({ ...(await clientOptions(file)), store }),
  store,
  id,
  hours: { from: values.from, to: values.to, days: values.days.split(",") },
  // Asked right before each message. Your webhook adds people who answer STOP to this set.
  allow: async ({ key }) => !(await redis.sIsMember("opted-out", key)),
  dryRun: values["dry-run"],
  onProgress: (progress) => bar.show(progress),
});

async function sendAll() {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  const planned = [];
  for await (const outcome of run.all(itemsOf(file, values.text), { signal: controller.signal })) {
    bar.clear();
    console.log(outcome.key, outcome.state, detail(outcome));
    if (outcome.at) planned.push(outcome.at);
  }
  if (planned.length > 0) console.log(`${planned.length} would be sent, the last one on ${time(Math.max(...planned))}`);
  if (controller.signal.aborted) console.log("Stopped. Start it again to continue.");
}

function detail({ at, reason, error, answer }) {
  if (at) return time(at);
  if (error) return error.message;
  if (answer?.delivered === false) return "not delivered: no phone number";
  return answer ? "" : "not allowed";
}

async function settleAll(keys, outcome) {
  for (const key of keys) console.log(key, (await settle(store, { run: id, key }, outcome)) ? outcome : "is not unknown");
}

async function report() {
  const { counts, items } = await run.report();
  console.log(Object.entries(counts).map(([state, count]) => `${state}: ${count}`).join(", "));
  for (const { key } of items.unknown) console.log(`${key} is unknown: check whether the message was sent, and settle it`);
}

const isSettling = values.delivered.length + values["not-delivered"].length > 0;
await settleAll(values.delivered, "delivered");
await settleAll(values["not-delivered"], "not delivered");
if (!values.report && !isSettling) await sendAll();
if (!values["dry-run"]) await report();
redis.destroy();
