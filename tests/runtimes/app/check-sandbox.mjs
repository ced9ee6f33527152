import { Centerfy, CenterfyError } from "centerfy";
import { createSandbox } from "centerfy/sandbox";
import { suite } from "./suite.mjs";

/** Runs a user's tests on the sandbox in this process. Never rejects. */
export const check = async () => {
  const results = await suite({ Centerfy, CenterfyError, createSandbox });
  const wrong = results.filter(({ error }) => error).map(({ name, error }) => `${name}: ${error.stack ?? error}`);
  return wrong.length ? { failed: wrong.join("\n") } : { passed: results.map(({ name }) => name) };
};
