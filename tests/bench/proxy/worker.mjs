/** In workerd: the proxy on a Durable Object, measured from outside, where the CPU time of the whole process is known. */
import { CenterfyObject, durableStore } from "centerfy/durable";
import { minute } from "./minute.mjs";
import { caller, steps, wait } from "./subjects.mjs";

const rows = { read: 0, written: 0 };

/** The object, which counts the rows that its SQLite reads and writes. */
export class Counting extends CenterfyObject {
  constructor({ storage }) {
    const exec = (query, ...values) => {
      const cursor = storage.sql.exec(query, ...values);
      const found = cursor.toArray();
      rows.read += cursor.rowsRead;
      rows.written += cursor.rowsWritten;
      return { toArray: () => found };
    };
    super({
      storage: {
        sql: { exec },
        transactionSync: (act) => storage.transactionSync(act),
        getAlarm: () => storage.getAlarm(),
        setAlarm: (at) => storage.setAlarm(at),
      },
    });
  }
}

let trips = 0;

/** The binding, which counts the requests to an object. */
const counted = (namespace) => ({
  idFromName: (name) => namespace.idFromName(name),
  get(id) {
    const stub = namespace.get(id);
    return { fetch: (...request) => (trips++, stub.fetch(...request)) };
  },
});

const workOf = (makeStore, { kind, name, operation, isKept, waiting }) => {
  if (kind === "minute") return minute(makeStore, operation, isKept);
  const store = makeStore();
  if (kind === "call") return caller(name, operation, store);
  if (kind === "step") return steps(store)[name];
  return () => wait(store, waiting);
};

export default {
  async fetch(request, env, context) {
    const asked = await request.json();
    const work = workOf(() => durableStore(counted(env.CENTERFY)), asked);
    const before = { trips, ...rows };
    for (let i = 0; i < asked.times; i++) await work(context);
    // Work that no response waits for runs after it.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return Response.json({ trips: trips - before.trips, read: rows.read - before.read, written: rows.written - before.written });
  },
};
