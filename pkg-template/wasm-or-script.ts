/**
 * The part of `WebAssembly` that the package uses: the runtime's own, or the module as a script if the runtime
 * has none or does not compile bytes. The build injects it in place of the global into `server.ts`.
 */
import { instantiate } from "./generated/script.js";

class Module {
  compiled: WebAssembly.Module | undefined;

  constructor(bytes: BufferSource) {
    try {
      this.compiled = new globalThis.WebAssembly.Module(bytes);
    } catch {
      // Not available, or not allowed.
    }
  }
}

class Instance {
  exports: WebAssembly.Exports;

  constructor({ compiled }: Module) {
    this.exports = compiled ? new globalThis.WebAssembly.Instance(compiled).exports : instantiate({});
  }
}

const wasmOrScript = { Module, Instance };
export { wasmOrScript as WebAssembly };
