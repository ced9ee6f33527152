/** The entry `centerfy/proxy`. */
export { createProxy } from "./proxy.js";
export { memoryStore } from "../store/memory.js";
