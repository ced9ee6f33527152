// A real Redis, on a port and in a folder of its own.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts it; it may be killed and started again, with what it wrote to its disk. As a rule every write is there before it is answered. */
export async function startRedis({ fsync = "always" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-redis-"));
  const port = await freePort();
  let child;
  const start = async () => {
    const settings = ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", fsync, "--save", ""];
    child = spawn("redis-server", settings.map(String), { stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface({ input: child.stdout })) if (line.includes("Ready to accept connections")) break;
    child.stdout.resume();
  };
  const kill = () =>
    new Promise((resolve) => {
      child.once("exit", resolve);
      child.kill("SIGKILL");
    });
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
