import { link } from "./module.js";

let loading;
let loaded;

/** Whether the module is there. */
export const isLoaded = () => loaded;

/** Loads the module once, on first use. After a failure the next call tries again. */
export const load = (source) =>
  (loading ??= (async () => {
    try {
      // From bytes comes { module, instance }, from a module the instance itself.
      const made = await WebAssembly.instantiate(await source(), {});
      link((made.instance ?? made).exports);
      loaded = true;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  })());
