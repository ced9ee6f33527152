/** The entry `centerfy/store`. */
export { memoryStore } from "./memory.js";
export { settle } from "./settle.js";
