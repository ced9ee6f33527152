/** `npx centerfy sandbox`: the sandbox without a page. */
import type { SandboxArguments } from "./arguments.js";
import { start } from "./server.js";

export async function sandbox(options: SandboxArguments): Promise<void> {
  const url = await start({ ...options, directories: [] });
  process.stdout.write(`listening on ${url}\n`);
}
