import { WorkflowEntrypoint } from "cloudflare:workers";
import { NonRetryableError } from "cloudflare:workflows";
import { runOf } from "./run.js";

/** Workflows tries a step again that throws, and sometimes while an earlier attempt still runs. That is safe: the run knows what was sent. */
const RETRIES = { retries: { limit: 10, delay: "1 second", backoff: "exponential" } };

/** One person: sends as soon as the hours and the limits allow it. */
export class Reminder extends WorkflowEntrypoint {
  async run({ payload: { id, hours, item } }, step) {
    for (let attempt = 1; ; attempt++) {
      const { state, at } = await step.do(`send ${attempt}`, RETRIES, () => send(runOf(this.env, id, hours), item));
      if (state !== "later") return state;
      await step.sleepUntil(`later ${attempt}`, new Date(at));
    }
  }
}

async function send(run, item) {
  const { state, at, error } = await run.step(item);
  if (state !== "failed") return { state, at: at?.getTime() };
  // Nothing was sent. Another attempt may follow, unless the item itself is invalid.
  throw error.code === "validation" ? new NonRetryableError(error.message) : error;
}
