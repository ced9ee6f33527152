import { check } from "./check.mjs";

/** Runs the scenario in a worker, by its port or itself. */
const ask = (worker, send) =>
  new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => resolve({ failed: `the worker failed: ${message}` }));
    send();
  });

const inWorker = (worker) => ask(worker, () => worker.postMessage("go"));

const inServiceWorker = async (registering) => {
  const registration = await registering;
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  const { port1, port2 } = new MessageChannel();
  port1.start();
  return ask(port1, () => worker.postMessage("go", [port2]));
};

/** A worker that fails to start sends no message; that must not look like a slow page. */
const soon = (promise) => {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, 20_000, { failed: "it said nothing in 20 s" })));
  return Promise.race([promise.catch((error) => ({ failed: String(error) })), late]).finally(() => clearTimeout(timer));
};

/** Runs the scenario in each of some contexts, one after the other, and reports the results. */
export const page = async ({ worker, serviceWorker }) => {
  const result = { page: await soon(check()) };
  if (worker) result.worker = await soon(inWorker(worker()));
  if (serviceWorker) result["service worker"] = await soon(inServiceWorker(serviceWorker()));
  const to = new URLSearchParams(location.search).get("report");
  await fetch(to, { method: "POST", body: JSON.stringify(result) });
};
