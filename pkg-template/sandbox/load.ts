/** Loads the module once, for all sandboxes. */
import * as glue from "./generated/module.js";

/** The module, or its bytes. */
export type Source = () => WebAssembly.Module | Uint8Array<ArrayBuffer>;

/** An export of wasm-bindgen's script for bundlers that it does not declare. */
interface Linked {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let isLoaded = false;

/**
 * Loads the module. After a failure, the next call tries again. Each call has its own promise, because in Workers
 * a promise must not outlive the request that created it.
 */
export async function load(source: Source): Promise<void> {
  if (isLoaded) return;
  const imports = { "./module_bg.js": glue as unknown as WebAssembly.ModuleImports };
  // For bytes the result is { module, instance }, for a module the instance itself.
  const result: { instance?: WebAssembly.Instance; exports?: WebAssembly.Exports } =
    await WebAssembly.instantiate(source() as WebAssembly.Module, imports);
  // Another call has finished first.
  if (isLoaded) return;
  const exports = (result.instance ?? result).exports as WebAssembly.Exports;
  (glue as unknown as Linked).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
  isLoaded = true;
}
