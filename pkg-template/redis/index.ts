/** The entry `centerfy/redis`. */
export { redisStore } from "../stores/redis.js";
