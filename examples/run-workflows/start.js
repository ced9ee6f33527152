// Starts the Worker in workerd, hands it the people in a CSV file, and waits until everyone has an outcome.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { itemsOf, rowsOf } from "./people.js";
import { startSandbox } from "./sandbox.js";

const USAGE = `Usage: npm start -- PEOPLE.csv [options]

  --id ID         the run; default: the name of the file
  --text TEXT     the message; {name} is the first name
  --from, --to    the hours, such as 09:00 and 18:00, in each person's time zone
  --days DAYS     such as mon,tue,wed,thu,fri
  --persist-to FOLDER
                  where workerd keeps its state; default: .wrangler/state
  --delivered KEY, --not-delivered KEY
                  settles a person whose outcome is unknown
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    id: { type: "string" },
    text: { type: "string", default: "Hello {name}, your next check-up is due. Shall we find a date?" },
    from: { type: "string", default: "09:00" },
    to: { type: "string", default: "18:00" },
    days: { type: "string", default: "mon,tue,wed,thu,fri" },
    "persist-to": { type: "string", default: ".wrangler/state" },
    delivered: { type: "string", multiple: true, default: [] },
    "not-delivered": { type: "string", multiple: true, default: [] },
  },
});
const [file] = positionals;
if (!file) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const id = values.id ?? basename(file, ".csv");
const hours = { from: values.from, to: values.to, days: values.days.split(",") };

/** Without an API key, a sandbox, which reaches no one and has the people in the file. */
const { CENTERFY_API_KEY, CENTERFY_BASE_URL } = process.env.CENTERFY_API_KEY ? process.env : await startSandbox(rowsOf(file));
const ADMIN_TOKEN = randomUUID();
const url = await startWorker({ CENTERFY_API_KEY, CENTERFY_BASE_URL, ADMIN_TOKEN });

/** Starts wrangler. Returns the URL of the Worker. */
async function startWorker(variables) {
  const wrangler = fileURLToPath(new URL("node_modules/wrangler/bin/wrangler.js", import.meta.url));
  const given = Object.entries(variables).filter(([, value]) => value !== undefined);
  const args = ["dev", "--port", "0", "--inspector-port", "0", "--persist-to", values["persist-to"]];
  for (const [name, value] of given) args.push("--var", `${name}:${value}`);
  const child = spawn(process.execPath, [wrangler, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const [, found] = /Ready on (http:\/\/\S+)/.exec(line) ?? [];
    if (found) return found;
  }
  throw new Error("wrangler has ended");
}

async function send(path, body) {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const response = await fetch(`${url}/runs/${encodeURIComponent(id)}${path}`, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`The Worker answered ${response.status}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

function isZone(timeZone) {
  try {
    return timeZone !== "" && Boolean(new Intl.DateTimeFormat("en", { timeZone }));
  } catch {
    return false;
  }
}

const items = [];
for await (const item of itemsOf(file, values.text)) {
  if (isZone(item.timeZone)) items.push(item);
  else console.log(`${item.key} is not sent: ${JSON.stringify(item.timeZone)} is no time zone`);
}
for (const [outcome, keys] of [["delivered", values.delivered], ["not delivered", values["not-delivered"]]]) {
  for (const key of keys) console.log(key, (await send("/settle", { key, outcome })) ? outcome : "is not unknown");
}
await send("", { hours, items });
process.once("SIGINT", () => process.exit());

for (;;) {
  const { counts, items: people } = await send("");
  const done = counts.sent + counts.skipped + counts.unknown;
  console.log(`${done} of ${items.length}, ${Object.entries(counts).map(([state, count]) => `${state}: ${count}`).join(", ")}`);
  if (done >= items.length) {
    for (const { key } of people.unknown) console.log(`${key} is unknown: check whether the message was sent, and settle it`);
    break;
  }
  await sleep(1_000);
}
process.exit();
