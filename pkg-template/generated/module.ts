// Made by `cargo xtask build` from what src/js/ exports. Do not edit.
import type { Door } from "../door.js";

export let close: Door["close"];
export let event: Door["event"];
export let field: Door["field"];
export let open: Door["open"];

/** Binds what an instance of the module exports. */
export const link = (exports: any) => {
  ({ a: close, b: event, c: field, d: open } = exports);
};
