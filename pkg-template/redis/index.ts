/** The entry `centerfy/redis`. */
export { redis } from "../stores/redis.js";
