// From CommonJS, by a dynamic import.
export async function agentName(id: string): Promise<string> {
    const { Centerfy } = await import("centerfy");
    const agent = await new Centerfy({ apiKey: "cfy_test" }).getAgent(id);
    return agent.name;
}
