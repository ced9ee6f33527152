/**
 * The entry for `import` in Node.js. It re-exports the one for `require`, so a process that uses both has one
 * rate limit and one class of errors.
 */
export { Centerfy, CenterfyError } from "./server.cjs";
