import { CenterfyObject, durableStore } from "centerfy/durable";
import { settle } from "centerfy/store";
import { runOf } from "./run.js";
import { Reminder } from "./reminder.js";

export { CenterfyObject, Reminder };

/** How many instances are created at once: the most that Workflows allows. */
const BATCH = 100;

/** Starts an instance for each item. One with the id of an earlier one is not created again. */
async function start(env, id, { hours, items }) {
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    await env.REMINDERS.createBatch(batch.map((item) => ({ id: `${id}-${item.key}`, params: { id, hours, item } })));
  }
}

/** Settles an item that is unknown. If it was not delivered, its instance starts again and sends it. */
async function settleItem(env, id, { key, outcome }) {
  const settled = await settle(durableStore(env.CENTERFY), { run: id, key }, outcome);
  if (settled && outcome === "not delivered") await (await env.REMINDERS.get(`${id}-${key}`)).restart();
  return settled;
}

export default {
  async fetch(request, env) {
    if (!env.ADMIN_TOKEN || request.headers.get("authorization") !== `Bearer ${env.ADMIN_TOKEN}`) return new Response("Not allowed", { status: 401 });
    const [, runs, id, action] = new URL(request.url).pathname.split("/");
    if (runs !== "runs" || !id) return new Response("Not found", { status: 404 });
    if (request.method === "GET") return Response.json(await runOf(env, id).report());
    const body = await request.json();
    if (action === "settle") return Response.json(await settleItem(env, id, body));
    await start(env, id, body);
    return new Response(null, { status: 204 });
  },
};
