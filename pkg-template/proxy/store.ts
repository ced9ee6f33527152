/** The store, as the proxy asks it: what takes too long has failed. */
import { step } from "../stores/patience.js";
import type { Quotas, Records, Store } from "./api.js";

export const impatient = (store: Store): { quotas: Quotas; records: Records } => ({
  quotas: { admit: (name, limit) => step(() => store.quotas.admit(name, limit)) },
  records: {
    begin: (key, beginning) =>
      step(async (signal) => {
        const begun = await store.records.begin(key, beginning);
        // It says so too late: nobody waits for it, and nothing is sent.
        if (signal.aborted && begun.state === "begun") await store.records.forget(key, begun.owner);
        return begun;
      }),
    finish: (key, owner, answer) => step(() => store.records.finish(key, owner, answer)),
    forget: (key, owner) => step(() => store.records.forget(key, owner)),
  },
});
