// What writes a call as code, loaded when it is to be seen. It stands beside `app/`, also when the
// page's modules are one script.

let loading;
/** The module; a failed load is not kept. */
export function loadSnippets() {
  loading ??= import("../code/snippet.js").catch((error) => { loading = undefined; throw error; });
  return loading;
}
