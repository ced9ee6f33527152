import { check } from "./check.mjs";

addEventListener("message", (event) => {
  event.waitUntil(check().then((result) => event.ports[0].postMessage(result)));
});
