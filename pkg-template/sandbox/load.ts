/** Loads the module once, for all sandboxes. */
import * as glue from "./generated/module.js";

/** The module, or its bytes. */
export type Source = () => WebAssembly.Module | Uint8Array<ArrayBuffer>;

/** What wasm-bindgen's script for bundlers has beside what it declares. */
interface Linked {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loading: Promise<void> | undefined;

/** Resolves when the module is there. After a failure the next call tries again. */
export function load(source: Source): Promise<void> {
  loading ??= link(source).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function link(source: Source): Promise<void> {
  const imports = { "./module_bg.js": glue as unknown as WebAssembly.ModuleImports };
  // From bytes comes { module, instance }, from a module the instance itself.
  const made: { instance?: WebAssembly.Instance; exports?: WebAssembly.Exports } =
    await WebAssembly.instantiate(source() as WebAssembly.Module, imports);
  const exports = (made.instance ?? made).exports as WebAssembly.Exports;
  (glue as unknown as Linked).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start?: () => void }).__wbindgen_start?.();
}
