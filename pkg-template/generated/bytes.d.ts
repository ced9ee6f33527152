// Made by `cargo xtask build`. Do not edit.

/** The bytes of the module. */
export const bytes: () => Uint8Array<ArrayBuffer>;
