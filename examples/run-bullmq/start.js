// Adds the people in a CSV file to a queue, starts workers, and waits until everyone has an outcome.
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { itemsOf, rowsOf } from "./people.js";
import { file, queueName, text, workers } from "./settings.js";

/** Without an API key, a sandbox, which reaches no one and has the people in the file. */
if (!process.env.CENTERFY_API_KEY) {
  const { startSandbox } = await import("./sandbox.js");
  Object.assign(process.env, await startSandbox(rowsOf(file)));
}
const { redis, run } = await import("./run.js");

const queue = new Queue(queueName, {
  connection: redis,
  defaultJobOptions: { attempts: 5, backoff: { type: "exponential", delay: 1_000 } },
});

/** Adds each person once: a job with the id of an earlier one is not added. */
for await (const item of itemsOf(file, text)) await queue.add("send", item, { jobId: item.key });
// Those that failed, and those that were settled as not delivered, are sent. All others keep their outcome.
await queue.retryJobs({ state: "failed" });

const children = new Set();
let isEnding = false;

function startWorker() {
  const child = fork(fileURLToPath(new URL("worker.js", import.meta.url)), process.argv.slice(2));
  children.add(child);
  console.log(`worker ${child.pid}`);
  child.once("exit", () => {
    children.delete(child);
    if (!isEnding) startWorker();
  });
}

async function end() {
  isEnding = true;
  const ended = [...children].map((child) => once(child, "exit"));
  for (const child of children) child.kill();
  await Promise.all(ended);
  const { counts, items } = await run.report();
  console.log(Object.entries(counts).map(([state, count]) => `${state}: ${count}`).join(", "));
  for (const { key } of items.unknown) console.log(`${key} is unknown: check whether the message was sent, and settle it`);
  process.exit();
}
process.once("SIGINT", end);

for (let count = 0; count < workers; count++) startWorker();

for (;;) {
  const { completed, failed, ...rest } = await queue.getJobCounts("completed", "failed", "active", "delayed", "waiting", "prioritized");
  const open = Object.values(rest).reduce((sum, count) => sum + count);
  console.log(`${completed + failed} of ${completed + failed + open}, ${rest.delayed} of them later`);
  if (open === 0 || isEnding) break;
  await sleep(1_000);
}
await end();
