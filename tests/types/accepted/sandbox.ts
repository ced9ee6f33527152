// The sandbox, in whatever runtime: made, broken, looked into.
import { Centerfy } from "centerfy";
import type { Agent, Message } from "centerfy";
import { createSandbox } from "centerfy/sandbox";
import type { Delivery, Fault, LogEntry, NewContact, Sandbox, SandboxOptions } from "centerfy/sandbox";

const options: SandboxOptions = { seed: 1, now: new Date(0), rateLimit: false, contactReplies: true };
const sandbox: Sandbox = await createSandbox(options);
await createSandbox();
await createSandbox({ now: 0, rateLimit: { requests: 5, perMs: 1000 }, empty: true, seed: undefined });
const people: readonly NewContact[] = [{ id: "c-1", name: "Mia", phone: "+12075550100", time_zone: "Europe/Berlin" }, { email: null }, {}];
for (const contacts of [1000, people, undefined]) await createSandbox({ contacts });
const timeZone: string | null | undefined = sandbox.contacts()[0]?.time_zone;
const centerfy = new Centerfy({ apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl, fetch: sandbox.fetch });
await centerfy.makeAiCall("id", {
    contact_id: "id",
    organization_id: sandbox.organizationId,
    sub_account_id: sandbox.subAccountId,
});

const faults: Fault[] = [
    { type: "answer" },
    { type: "answer", status: 503, headers: { "retry-after": 2, via: null, "x-many": ["a", "b"] }, body: [1], carryOut: true },
    { type: "answer", body: "<p>", repeat: 10, times: null },
    { type: "delay", ms: 5, times: undefined },
    { type: "drop", when: "before", times: 3 },
    { type: "stall_headers", carryOut: false },
    { type: "stall_body", afterBytes: 5 },
    { type: "cut_body", afterBytes: 5, status: 500, body: { error: true } },
    { type: "trickle", bytes: 1, everyMs: 10 },
];
for (const fault of faults) sandbox.fail("any", fault);
sandbox.fail("sendMessage", { type: "drop", when: "after" });
sandbox.clearFaults();

const agents: Agent[] = sandbox.agents();
const agentName: string | undefined = agents[0]?.name;
const contact = sandbox.contacts()[0];
if (contact) {
    const name: string | null = contact.name;
    const written: Message = sandbox.receive({ contactId: contact.id, content: `Hi ${name} ${agentName} ${timeZone}`, messageType: "email" });
    const all: Message[] = [...sandbox.conversation(contact.id), written];
    all.at(-1)?.content.length;
}
const deliveries: Delivery[] = sandbox.deliveries();
const contents: unknown[] = deliveries.filter(({ operation }) => operation === "sendMessage").map(({ request }) => request["content"]);
const [when = 0]: number[] = deliveries.map(({ at }) => at);
const recorded: string | undefined = deliveries.find(({ operation }) => operation === "makeAiCall")?.id;
const entry: LogEntry | undefined = sandbox.log()[contents.length + (recorded?.length ?? 0)];
if (entry?.operation === "sendMessage" && entry.status === null && entry.carried_out) sandbox.advance(when);
const status: string | undefined = sandbox.calls()[0]?.status;
if (status) sandbox.reset();
sandbox.dispose();
