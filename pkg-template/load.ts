/** Loads the WebAssembly module, once, on first use. */
import { link } from "./generated/module.js";

/** Gives the module's bytes, or the module itself where the runtime compiles it at deployment. */
export type Source = () => BufferSource | WebAssembly.Module | PromiseLike<WebAssembly.Module>;

let loaded = false;

const use = (instance: WebAssembly.Instance) => {
  if (!loaded) link(instance.exports);
  loaded = true;
};

/** Each call waits for its own: in Workers what one request waits for ends with it. */
const loadLater = async (source: Source) => {
  const given = await source();
  // From bytes comes { module, instance }, from a module the instance itself.
  const made: any = await WebAssembly.instantiate(given as BufferSource, {});
  use(made.instance ?? made);
};

/**
 * It is there at once, so that a first call is like every other. Only where a page may not compile at once
 * (Chrome before 2023) it is waited for. After a failure the next call tries again.
 */
export const load = (source: Source): Promise<void> | undefined => {
  if (loaded) return;
  try {
    const given: any = source();
    use(new WebAssembly.Instance(ArrayBuffer.isView(given) ? new WebAssembly.Module(given as BufferSource) : given));
    return;
  } catch {
    return loadLater(source);
  }
};
