/** The entry `centerfy/redis`. */
export { redisStore } from "./store.js";
