// Loads the code generator on demand. It is a separate file beside `app/`, also when the page's
// modules are bundled into one script.

let loading;
/** The module; a failed load is not cached. */
export function loadSnippets() {
  loading ??= import("../code/snippet.js").catch((error) => { loading = undefined; throw error; });
  return loading;
}
