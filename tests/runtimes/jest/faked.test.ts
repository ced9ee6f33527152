// TypeScript, by each compiler. Timers are faked before the first line.
import { Centerfy, CenterfyError, type Agent } from "centerfy";
import { createSandbox } from "centerfy/sandbox";
import { refusal, retry, waiting } from "./steps.cjs";

declare const jest: any, vi: any, test: any, expect: any;
const timers = typeof jest === "undefined" ? vi : jest;
const pass = (ms: number): Promise<void> => timers.advanceTimersByTimeAsync(ms);
const tools = { Centerfy, CenterfyError, createSandbox, expect, pass };

test("a 503 and then a 200", () => retry(tools));
test("a limit", () => waiting(tools));
test("an error is a CenterfyError", () => refusal(tools));
test("its types are found", async () => {
  const sandbox = await createSandbox();
  const { apiKey, fetch } = sandbox;
  const client = new Centerfy({ apiKey, fetch, dangerouslyAllowBrowser: true });
  const agent: Agent = await client.getAgent(sandbox.agents()[0]!.id);
  expect(agent.name.length).toBeGreaterThan(0);
});
