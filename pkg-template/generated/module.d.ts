// Made by `cargo xtask build`. Do not edit.

import type { Bindings } from "../bindings.js";

export let event: Bindings["event"];
export let field: Bindings["field"];
export let open: Bindings["open"];

/** Binds what an instance of the module exports. */
export const link: (exports: any) => void;
/** Binds other checks of the same table. */
export const linkField: (check: Bindings["field"]) => void;
