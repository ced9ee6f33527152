/**
 * One limit of a Durable Object over many isolates in workerd, whose requests arrive late at the API: the
 * sandbox sees what arrives.
 */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { controlOf } from "../support/control.mjs";
import { random } from "../support/random.mjs";
import { bundle, ofModules, versions } from "./cloudflare.mjs";

const LIMIT = { requests: 100, perMs: 4_000 };
const ISOLATES = 20;
const CALLS = 20;
/** The maximum latency of a request to the API, in milliseconds. */
const LATEST_MS = 2_000;
const SEED = 21;

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** Asserts that the API saw no window over the limit, refused no request, and hardly any time was lost. */
const keptLimit = (log, longestFlight) => {
  const { requests, perMs } = LIMIT;
  const times = log.map(({ at_ms }) => at_ms);
  must(log.length === ISOLATES * CALLS, `${log.length} requests arrived`);
  const refused = log.filter(({ status }) => status !== 404).length;
  must(!refused, `${refused} were refused`);
  const tooSoon = times.findIndex((at, i) => i >= requests && at - times[i - requests] < perMs);
  must(tooSoon < 0, `${times[tooSoon - requests]} and ${times[tooSoon]} are in one window`);
  const windows = log.length / requests;
  const least = (windows - 1) * perMs;
  const most = least * 1.05 + windows * longestFlight;
  const took = times.at(-1) - times[0];
  must(took <= most, `${took} ms, where ${least} are possible and ${Math.round(most)} allowed`);
  return `${took} ms (least ${least}, allowed ${Math.round(most)})`;
};

/** Half of the isolates keep their limiter, and half make one for each request. */
const oneLimit = {
  name: "limit-workerd",
  waits: true,
  needs: { npm: [".", "cloudflare"] },
  version: versions,
  async test(context) {
    const project = await bundle(context, this.name, { "worker.mjs": "app/worker-limit.mjs" });
    const { apiKey } = await import(pathToFileURL(join(project, "world.mjs")));
    const control = controlOf(context.sandbox);
    const world = await control("POST", "", { rate_limit: { requests: LIMIT.requests, per_ms: LIMIT.perMs } });
    const worker = await ofModules(project, (modules) => ({
      workers: Array.from({ length: ISOLATES }, (_, i) => ({
        ...modules,
        name: `i${i}`,
        durableObjects: { CENTERFY: { className: "CenterfyObject", scriptName: "i0", useSQLite: true } },
      })),
    }));
    try {
      const isolates = await Promise.all(Array.from({ length: ISOLATES }, (_, i) => worker.getWorker(`i${i}`)));
      const next = random(SEED);
      const call = async (isolate, i, n, settings) => {
        const body = JSON.stringify({ id: `i${i}-${n}`, isKept: i % 2 === 0, ...settings });
        const response = await isolate.fetch("http://worker/", { method: "POST", body });
        return (await response.json()).flight;
      };
      const go = (calls, settings) =>
        Promise.all(isolates.flatMap((isolate, i) => Array.from({ length: calls }, (_, n) => call(isolate, i, n, settings()))));
      // Loading and connecting happen before the measurement.
      await go(1, () => ({ limit: { requests: 10_000, perMs: 1_000 }, lateMs: 0, key: apiKey }));
      const flights = await go(CALLS, () => ({ limit: LIMIT, lateMs: Math.floor(next() * LATEST_MS), key: world.api_key }));
      const log = await control("GET", `/${world.api_key}/log`);
      return `${ISOLATES * CALLS} requests of ${ISOLATES} isolates in ${keptLimit(log, Math.max(...flights))}`;
    } finally {
      await worker.dispose();
    }
  },
};

export const setups = [oneLimit];
