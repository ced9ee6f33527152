/** Makes sandboxes. */
import type * as api from "./api.js";
import { type Source, load } from "./load.js";
import { check } from "./options.js";
import { Sandbox } from "./sandbox.js";

let made = 0;

/**
 * A key that no other sandbox has, since clients with the same key share their rate limit: counted,
 * and a few digits by chance for copies of this module that count for themselves.
 */
const freshKey = (): string => `cfy_sandbox_${++made}_${Math.random().toString(36).slice(2, 10)}`;

export const creator =
  (source: Source): typeof api.createSandbox =>
  async (options = {}) => {
    const checked = check(options);
    await load(source);
    return new Sandbox(freshKey(), checked) as Sandbox & api.Sandbox;
  };
