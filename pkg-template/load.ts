/** Loads the WebAssembly module, once, on first use. */
import { link } from "./generated/module.js";

/** Gives the module's bytes, or the module itself where the runtime compiles it at deployment. */
export type Source = () => BufferSource | WebAssembly.Module | PromiseLike<WebAssembly.Module>;

let loaded = false;
let loading: Promise<void> | undefined;

const use = (instance: WebAssembly.Instance) => {
  link(instance.exports);
  loaded = true;
};

const loadLater = async (source: Source) => {
  try {
    const given = await source();
    // From bytes comes { module, instance }, from a module the instance itself.
    const made: any = await WebAssembly.instantiate(given as BufferSource, {});
    use(made.instance ?? made);
  } finally {
    loading = undefined;
  }
};

/**
 * With bytes it is there at once, so that a first call is like every other. With a module, or where
 * a page may not compile at once (Chrome before 2023), it is waited for. After a failure the next
 * call tries again.
 */
export const load = (source: Source): Promise<void> | undefined => {
  if (loaded) return;
  try {
    use(new WebAssembly.Instance(new WebAssembly.Module(source() as BufferSource)));
    return;
  } catch {
    return (loading ??= loadLater(source));
  }
};
