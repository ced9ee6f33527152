// A real Redis, with its own port and folder.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * Starts it. It can be killed and started again with the data on its disk. By default every write is on the
 * disk before its reply. `settings` are those of redis.conf, `env` is the environment.
 */
export async function startRedis({ fsync = "always", settings = {}, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-redis-"));
  const port = await freePort();
  const all = { port, bind: "127.0.0.1", dir: folder, appendonly: "yes", appendfsync: fsync, save: "", ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let child;
  const start = async () => {
    child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } });
    for await (const line of createInterface({ input: child.stdout })) if (line.includes("Ready to accept connections")) break;
    child.stdout.resume();
  };
  const kill = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
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
