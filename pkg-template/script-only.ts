/**
 * The part of `WebAssembly` that the package uses, implemented by the module as a script. The build injects it
 * in place of the global into the entry that does not use WebAssembly.
 */
import { instantiate } from "./generated/script.js";

class Module {}

class Instance {
  exports = instantiate({});
}

const scriptOnly = { Module, Instance };
export { scriptOnly as WebAssembly };
