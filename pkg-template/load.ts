/** Loads the WebAssembly module on first use. */
import { link } from "./generated/module.js";

/** Returns the module's bytes, or the compiled module in runtimes that compile it at deployment. */
export type Source = () => BufferSource | WebAssembly.Module | PromiseLike<WebAssembly.Module>;

let loaded = false;

const use = (instance: WebAssembly.Instance) => {
  if (!loaded) link(instance.exports);
  loaded = true;
};

/** Whether this entry may get its module later, or from a runtime that compiles it asynchronously only. */
declare const WORKERS: boolean;

/** Each call waits for its own load: in Workers, pending work of one request is canceled with it. */
const loadLater = async (source: Source) => {
  const input = await source();
  // Bytes give { module, instance }; a module gives the instance.
  const result: any = await WebAssembly.instantiate(input as BufferSource, {});
  use(result.instance ?? result);
};

/**
 * Loads the module synchronously, so that the first call behaves like every other; inlined bytes always can be:
 * they are fewer than the 4 KiB that older browsers compile synchronously. Returns a promise otherwise. A failed
 * load is retried by the next call.
 */
export const load = (source: Source): Promise<void> | undefined => {
  if (loaded) return;
  try {
    const input: any = source();
    use(new WebAssembly.Instance(ArrayBuffer.isView(input) ? new WebAssembly.Module(input as BufferSource) : input));
    return;
  } catch (cause) {
    return WORKERS ? loadLater(source) : Promise.reject(cause);
  }
};
