/** The property of a client that has its store. Programs may load a store and `centerfy/runs` from different files. */
export const STORE = Symbol.for("centerfy.store");
