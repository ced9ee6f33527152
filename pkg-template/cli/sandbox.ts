/** `npx centerfy sandbox`: the API alone. */
import type { SandboxArguments } from "./arguments.js";
import { start } from "./server.js";

export async function sandbox(options: SandboxArguments): Promise<void> {
  const url = await start({ ...options, folders: [] });
  process.stdout.write(`listening on ${url}\n`);
}
