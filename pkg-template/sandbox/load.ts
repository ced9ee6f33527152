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
 * Resolves when the module is there. After a failure the next call tries again. Where the runtime gives the
 * module compiled, as Workers do, it is there at once: no request waits for what another one started.
 */
export async function load(source: Source): Promise<void> {
  if (isLoaded) return;
  const imports = { "./module_bg.js": glue as unknown as WebAssembly.ModuleImports };
  const given = source();
  const instance =
    given instanceof WebAssembly.Module
      ? new WebAssembly.Instance(given, imports)
      : (await WebAssembly.instantiate(given, imports)).instance;
  if (!isLoaded) use(instance.exports);
}

function use(exports: WebAssembly.Exports): void {
  isLoaded = true;
  (glue as unknown as Linked).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
}
