/**
 * The entry for `import` in Node.js: the one for `require`, so that whoever uses both in one process
 * has the same limits and the same errors.
 */
export { Centerfy, CenterfyError } from "./index.cjs";
