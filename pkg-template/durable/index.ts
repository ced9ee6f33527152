/** The entry `centerfy/durable`. */
export { CenterfyObject, durableStore } from "./store.js";
