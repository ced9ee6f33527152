/** The entry `centerfy/proxy`. */
export { createProxy } from "./proxy.js";
export { memory } from "../stores/memory.js";
