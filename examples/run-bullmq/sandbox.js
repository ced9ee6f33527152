import { spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("node_modules/centerfy/cli.js", import.meta.url));

/** Starts `centerfy sandbox` with these people, and returns the environment of its clients. */
export async function startSandbox(rows) {
  const contacts = [];
  for await (const { contact_id: id, conversation_id, name, phone, time_zone } of rows) {
    contacts.push({ id, conversation_id, name, phone: phone || null, time_zone });
  }
  const path = join(await mkdtemp(join(tmpdir(), "sandbox-")), "contacts.json");
  await writeFile(path, JSON.stringify(contacts));
  const child = spawn(process.execPath, [cli, "sandbox", "--port", "0", "--quiet", "--contacts", path], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /listening on (\S+)/.exec(line) ?? [];
    if (!url) continue;
    // It lives as long as this process, and does not keep it alive.
    child.unref();
    child.stdout.unref();
    return { CENTERFY_API_KEY: "cfy_sandbox", CENTERFY_BASE_URL: `${url}/functions/v1/crm-api` };
  }
  throw new Error("The sandbox has not started");
}
