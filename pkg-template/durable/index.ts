/** The entry `centerfy/durable`. */
export { CenterfyObject, durable } from "../stores/durable.js";
