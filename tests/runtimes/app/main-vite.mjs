import { page } from "./page.mjs";
import serviceWorker from "./service-worker.mjs?worker&url";

page({
  worker: () => new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" }),
  serviceWorker: () => navigator.serviceWorker.register(serviceWorker, { type: "module" }),
});
