import { check } from "./check.mjs";

addEventListener("message", async () => postMessage(await check()));
