/**
 * As much of `WebAssembly` as the package uses: the runtime's own, or the module as a script where it
 * has none or does not compile. The build puts it in the place of the global for `server.ts`.
 */
import { instantiate } from "./generated/script.js";

class Module {
  compiled: WebAssembly.Module | undefined;

  constructor(bytes: BufferSource) {
    try {
      this.compiled = new globalThis.WebAssembly.Module(bytes);
    } catch {
      // Refused, or not there at all.
    }
  }
}

class Instance {
  exports: WebAssembly.Exports;

  constructor({ compiled }: Module) {
    this.exports = compiled ? new globalThis.WebAssembly.Instance(compiled).exports : instantiate({});
  }
}

const orScript = { Module, Instance };
export { orScript as WebAssembly };
