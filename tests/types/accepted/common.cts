// CommonJS: what is written as an import becomes `require`.
import { Centerfy, CenterfyError, type Agent } from "centerfy";
import { createSandbox } from "centerfy/sandbox";

export async function agentName(id: string): Promise<string> {
    const sandbox = await createSandbox();
    const agent: Agent = await new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch }).getAgent(id);
    return agent.name;
}

export const isOurs = (error: unknown): boolean => CenterfyError.is(error) && error.code === "load";

// The same by a dynamic import, which gives the ES module.
export async function other(id: string): Promise<Agent> {
    const { Centerfy } = await import("centerfy");
    return new Centerfy({ apiKey: "cfy_test" }).getAgent(id);
}
