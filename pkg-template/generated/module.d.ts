// Made by `cargo xtask build`. Do not edit.

import type { Door } from "../door.js";

export let event: Door["event"];
export let field: Door["field"];
export let open: Door["open"];

/** Binds what an instance of the module exports. */
export const link: (exports: any) => void;
