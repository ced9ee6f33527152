// Made by `cargo xtask build`. Do not edit.

/** How many bytes the module has. */
export const length: number;
/** The bytes, the most frequent one first. */
export const order: number[];
/** Of each byte its place in `order`, printed. */
export const printed: string;
