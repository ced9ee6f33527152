/** Memory over many calls, and with many concurrent ones; run with --expose-gc, prints JSON. */
import { withMemoryExport } from "../module/wasm.mjs";

// The package compiles synchronously, so its memory is accessible here.
const { Module, Instance } = WebAssembly;
let memory;
WebAssembly.Module = class extends Module {
  constructor(bytes) {
    super(withMemoryExport(new Uint8Array(bytes)));
  }
};
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    ({ memory } = this.exports);
  }
};

const [path, total, atOnce] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { Centerfy } = await import(path);

/** Stands in for a Response, which would cost more than everything else. */
const answer = { status: 200, headers: new Headers(), text: async () => '{"id":"a"}' };
let release = () => {};
let gate;
const client = new Centerfy({
  apiKey: "key",
  rateLimit: { requests: 1_000_000, perMs: 10 },
  fetch: async () => {
    await gate;
    return answer;
  },
});

const look = async (what) => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc();
  gc();
  return { what, heap: process.memoryUsage().heapUsed, wasm: memory.buffer.byteLength };
};

const call = () => client.getAgent("0d5d1d7e-3f43-4d7b-9d3c-1b1f6a2f5a11");
const looks = [];
for (let i = 0; i < total / 100; i++) await call();
looks.push(await look(`after ${total / 100} calls`));
for (let i = 0; i < total; i++) await call();
looks.push(await look(`after ${total} more`));

gate = new Promise((resolve) => (release = resolve));
const flying = Array.from({ length: atOnce }, call);
looks.push(await look(`with ${atOnce} in flight`));
release();
await Promise.all(flying);
flying.length = 0;
looks.push(await look("after those"));
for (let round = 0; round < 20; round++) {
  gate = new Promise((resolve) => (release = resolve));
  const flying = Array.from({ length: atOnce }, call);
  release();
  await Promise.all(flying);
}
looks.push(await look(`after ${20 * atOnce} more, ${atOnce} at a time`));
console.log(JSON.stringify(looks));
