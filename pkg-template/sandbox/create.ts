/** Creates sandboxes. */
import type * as api from "./api.js";
import { type Source, load } from "./load.js";
import { check } from "./options.js";
import { Sandbox } from "./sandbox.js";

let created = 0;

/**
 * A unique key, since clients with the same key share their rate limit. It is counted, and has random digits for
 * other copies of this module.
 */
const freshKey = (): string => `cfy_sandbox_${++created}_${Math.random().toString(36).slice(2, 10)}`;

export const creator =
  (source: Source): typeof api.createSandbox =>
  async (options = {}) => {
    const checked = check(options);
    await load(source);
    return new Sandbox(freshKey(), checked) as Sandbox & api.Sandbox;
  };
