/** One start in a new process; prints its durations. */
import { always } from "../../support/fetch.mjs";

// Node's own work for its first Response, which includes a WebAssembly module, is not the client's.
await new Response("{}").text();
await new Promise((resolve) => setTimeout(resolve, 60));

const counts = { instantiated: 0, timers: 0 };
let took = 0;
/** Adds up the time of synchronous compilation and instantiation, as in the package. */
const timed = (Class) =>
  class extends Class {
    constructor(...given) {
      const start = performance.now();
      super(...given);
      took += performance.now() - start;
      counts.instantiated++;
    }
  };
WebAssembly.Module = timed(WebAssembly.Module);
WebAssembly.Instance = timed(WebAssembly.Instance);
const platform = globalThis.setTimeout;
globalThis.setTimeout = (...args) => {
  counts.timers++;
  return platform(...args);
};

const start = performance.now();
const { Centerfy } = await import(process.argv[2]);
const imported = performance.now();
const client = new Centerfy({ apiKey: "key", fetch: always({}) });
const made = performance.now();
const idle = { ...counts };
const before = performance.now();
await client.getAgent("id");
const first = performance.now();
await client.getAgent("id");
const second = performance.now();
console.log(
  JSON.stringify({ import: imported - start, make: made - imported, instantiate: took, first: first - before, second: second - first, idle }),
);
