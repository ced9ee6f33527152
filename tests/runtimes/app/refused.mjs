import { centerfy } from "./client.mjs";

// The policy of this page refuses WebAssembly, and the error of a call has to say so.
const error = await centerfy.getAgent("agent").catch((error) => error);
const clear = error.code === "load" && error.attempts === 0 && !error.maybeDelivered;
const to = new URLSearchParams(location.search).get("report");
const result = clear ? { passed: ["load"] } : { failed: `${error.code}: ${error}` };
await fetch(to, { method: "POST", body: JSON.stringify({ "page that refuses wasm": result }) });
