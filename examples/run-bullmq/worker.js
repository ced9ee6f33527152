// One of the processes that send. BullMQ gives it one person at a time; the run decides whether to send now.
import { DelayedError, UnrecoverableError, Worker } from "bullmq";
import { queueName } from "./settings.js";
import { redis, run } from "./run.js";

async function send(job, token) {
  const outcome = await run.step(job.data);
  switch (outcome.state) {
    case "later":
      await job.moveToDelayed(outcome.at.getTime(), token);
      throw new DelayedError();
    case "unknown":
      // The message may have been delivered, so no attempt may follow.
      throw new UnrecoverableError(outcome.error.message);
    case "failed":
      // Nothing was sent. BullMQ tries again, unless the item itself is invalid.
      throw outcome.error.code === "validation" ? new UnrecoverableError(outcome.error.message) : outcome.error;
    default:
      return outcome.state;
  }
}

const worker = new Worker(queueName, send, {
  connection: redis,
  concurrency: 5,
  // A job whose process has died goes to another one. That is safe any number of times: the run knows what was sent.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: Number.MAX_SAFE_INTEGER,
});
worker.on("error", (error) => console.error(error.message));

/** Ends after the jobs in progress. */
async function end() {
  await worker.close();
  process.exit();
}
process.once("SIGTERM", end);
process.once("SIGINT", end);
// The process that started it has died, now or before this line.
process.once("disconnect", end);
if (process.connected === false) end();
