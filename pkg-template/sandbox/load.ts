/** Loads the module once, for all sandboxes. */
import * as glue from "./generated/module.js";

/** The module, or its bytes. */
export type Source = () => WebAssembly.Module | Uint8Array<ArrayBuffer>;

/** What wasm-bindgen's script for bundlers has beside what it declares. */
interface Linked {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let isLoaded = false;

/**
 * Resolves when the module is there. After a failure the next call tries again. Each call waits for its own:
 * in Workers what one request waits for ends with it.
 */
export async function load(source: Source): Promise<void> {
  if (isLoaded) return;
  const imports = { "./module_bg.js": glue as unknown as WebAssembly.ModuleImports };
  // From bytes comes { module, instance }, from a module the instance itself.
  const made: { instance?: WebAssembly.Instance; exports?: WebAssembly.Exports } =
    await WebAssembly.instantiate(source() as WebAssembly.Module, imports);
  // Another call was first.
  if (isLoaded) return;
  const exports = (made.instance ?? made).exports as WebAssembly.Exports;
  (glue as unknown as Linked).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
  isLoaded = true;
}
