// Made by `cargo xtask build`. Do not edit.

/** The module as a script: gives what an instance of it exports. */
export function instantiate(imports: object): WebAssembly.Exports;
