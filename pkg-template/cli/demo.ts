/** `npx centerfy demo`: the sandbox, and a page that uses it. */
import { PORT } from "./arguments.js";
import { PACKAGE } from "./package.js";
import { ListenError, start } from "./server.js";

const PORTS_TO_TRY = 50;

export async function demo({ port }: { port: number | undefined }): Promise<void> {
  const url = port === undefined ? await startOnFreePort() : await startOn(port);
  process.stdout.write(`${url}/  (press Ctrl+C to stop)\n`);
}

const startOn = (port: number): Promise<string> =>
  start({
    port,
    seed: undefined,
    quiet: true,
    // The page has the package's script beside it, minified.
    directories: [["/", `${PACKAGE}page/`, "served.html"]],
  });

async function startOnFreePort(): Promise<string> {
  for (let port = PORT; port < PORT + PORTS_TO_TRY; port++) {
    try {
      return await startOn(port);
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
    }
  }
  throw new ListenError(`no port from ${PORT} to ${PORT + PORTS_TO_TRY - 1} is free; choose one with --port`);
}
