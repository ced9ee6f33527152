/** `npx centerfy sandbox`: the API alone. */
import { start } from "./server.js";

export async function sandbox(options: { port: number; seed: number | undefined; quiet: boolean }): Promise<void> {
  const url = await start({ ...options, folders: [] });
  process.stdout.write(`listening on ${url}\n`);
}
