/**
 * As much of `WebAssembly` as the package uses, around the module as a script. The build puts it in
 * the place of the global for the entry that does without.
 */
import { instantiate } from "./generated/script.js";

class Module {}

class Instance {
  exports = instantiate({});
}

const standIn = { Module, Instance };
export { standIn as WebAssembly };
