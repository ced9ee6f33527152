// Answers have the types of the wire: absent and null stay apart, and open lists take new values.
import type { AiCall, Agent, ArchivedAgent, CallRecording, Contact, ContactMessages, Message, SentMessage } from "centerfy";
import { Centerfy } from "centerfy";

/** Whether two types are the same, not only assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_T extends true>(): void => {};

const centerfy = new Centerfy({ apiKey: "cfy_test" });

const agent = await centerfy.getAgent("id");
same<Same<typeof agent, Agent>>();
same<Same<Agent["id"], string>>();
same<Same<Agent["max_duration"], number | undefined>>();
same<Same<Agent["is_active"], boolean | undefined>>();
same<Same<Agent["created_at"], string | undefined>>();
const voice: string = agent.voice_id ?? "none";
// A new value of a list that is closed in requests can be told apart.
const voicemail: boolean = agent.voicemail_type === "leave_message" || agent.voicemail_type === "something new";
same<Same<Awaited<ReturnType<typeof centerfy.createAgent>>, Agent>>();
same<Same<Awaited<ReturnType<typeof centerfy.updateAgent>>, Agent>>();
same<Same<Awaited<ReturnType<typeof centerfy.archiveAgent>>, ArchivedAgent>>();
same<Same<ArchivedAgent["archived_at"], string>>();

const call = await centerfy.makeAiCall("id", { contact_id: "c", organization_id: "o", sub_account_id: "s" });
same<Same<typeof call, AiCall>>();
const status: string = call.status;

const recording = await centerfy.getCallRecording("CA1234567890abcdef");
same<Same<typeof recording, CallRecording>>();
same<Same<CallRecording["expires_in_seconds"], number | null>>();

const page = await centerfy.getContactMessages("c");
same<Same<typeof page, ContactMessages>>();
same<Same<ContactMessages["messages"], Message[]>>();
same<Same<ContactMessages["total"], number>>();
same<Same<Contact["email"], string | null | undefined>>();
const first: string | undefined = page.messages[0]?.content;

const sent = await centerfy.sendMessage({ content: "Hi", ai: false, conversation_id: "conv", channel: "sms" });
same<Same<typeof sent, SentMessage>>();
same<Same<SentMessage["timestamp"], string | undefined>>();
const rest: boolean = sent.channel === "sms" || sent.channel === "a channel of tomorrow";

export { first, rest, status, voice, voicemail };
