/** The entry `centerfy/query`: options objects for TanStack Query 5. */
export { isOptimistic } from "./messages.js";
export { createQueries } from "./queries.js";
export { keys } from "./keys.js";
