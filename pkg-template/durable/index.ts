/** The entry `centerfy/durable`. */
export { CenterfyObject, durableStore } from "../stores/durable.js";
