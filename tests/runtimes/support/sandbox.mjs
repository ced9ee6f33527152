/** The sandbox for all set-ups. */
import { join } from "node:path";
import { controlOf } from "../../support/control.mjs";
import { Missing } from "./missing.mjs";
import { serve } from "./processes.mjs";
import { exists, here } from "./tools.mjs";

/** Resolves to the URL of a sandbox: the one in `CENTERFY_SANDBOX`, or a new one. */
export const sandbox = async () => {
  if (process.env.CENTERFY_SANDBOX) return process.env.CENTERFY_SANDBOX;
  const target = process.env.CARGO_TARGET_DIR || join(here, "../../target");
  const binary = join(target, "debug/centerfy-sandbox");
  if (!(await exists(binary))) {
    throw new Missing("the sandbox is not built: cargo build -p centerfy-sandbox, or set CENTERFY_SANDBOX to its URL");
  }
  const { match } = await serve(binary, ["--port", "0", "--quiet"], { ready: /^listening on (\S+)/m });
  return match[1];
};

/** Makes an instance of the sandbox for a set-up and returns its key. */
export const makeWorld = async (url) => {
  const { api_key } = await controlOf(url)("POST", "");
  return api_key;
};
