import { page } from "./page.mjs";

page({
  worker: () => new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" }),
  serviceWorker: () =>
    navigator.serviceWorker.register(new URL("./service-worker.mjs", import.meta.url), { type: "module" }),
});
