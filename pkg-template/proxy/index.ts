/** The entry `centerfy/proxy`. */
export { createProxy } from "./proxy.js";
export { memoryStore } from "../stores/memory.js";
