// What an editor shows at the marked places: `^?` when the pointer rests there, `^|` when it completes.
//
// Flags are on here. On a flag that is off, TypeScript shows its type only: a request with the flag off
// can be of two kinds, with the field that the flag requires or without it, and where an object literal
// can be of two kinds, TypeScript shows no comment. Completion shows it there too.
import { Centerfy, CenterfyError } from "centerfy";

const centerfy = new Centerfy({
    //                ^? Without an `apiKey`, `proxy` or `baseUrl` is required.
    apiKey: "cfy_test",
    //^? The API key (`cfy_…`).
    attemptTimeout: 10_000,
    //^? in milliseconds
    maxRetries: 0,
    //^? a non-negative integer
    rateLimit: { requests: 10, perMs: 1000 },
    //                           ^? The length of the window, in milliseconds.
    onEvent(event) {
        if (event.type === "retry") void event.delayMs;
        //                                       ^? before its next attempt, in milliseconds
    },
});

const agent = await centerfy.createAgent({
    //                           ^? another request would create another agent
    name: "Sales Bot",
    voice_id: "",
    //         ^| Sulafat Aria Ravi
    max_duration: 10,
    //^? in minutes
    temperature: 0.4,
    //^? from 0 (precise) to 1 (creative)
    silence_timeout: 5,
    //^? in seconds
    voice_activity_timeout: 300,
    //^? in milliseconds
    llm_model: "gpt-4o-mini",
    language: "en-US",
    background_noise: true,
    //^? ambient sound plays during calls
    background_type: "call_center",
    //^? Which ambient sound
    voicemail_detection: true,
    //^? a voicemail answered
    voicemail_type: "leave_message",
    //^? leave the message, or hang up
    voicemail_message: "Hi",
    //^? says to a voicemail
    backcchanneling: true,
    //^? The API spells it with a double c.
    is_active: true,
    webhook: true,
    //^? called after each call
    webhook_url: "https://example.com",
    recording: true,
    organization_id: "o",
    //^? It must be the API key's.
    sub_account_id: "s",
});
void agent.updated_at;
//           ^? When the agent was last changed

await centerfy.updateAgent(agent.id, { webhook: false });
//               ^? Omitted fields keep their values.
await centerfy.archiveAgent(agent.id);
//               ^? Archiving an archived agent again is not an error.
await centerfy.makeAiCall(agent.id, { contact_id: "c", organization_id: "o", sub_account_id: "s" });
//               ^? the contact's phone is dialed immediately
const recording = await centerfy.getCallRecording("CA1234567890abcdef");
//                                  ^? The call's id, or its `call_sid`.
void recording.expires_in_seconds;
//               ^? `null` for an older recording
await centerfy.getContactMessages("c", { limit: 20, offset: 20 });
//                                        ^? from 1 to 200
await centerfy.sendMessage({ content: "Hi", ai: true, agent_id: agent.id, conversation_id: "c", channel: "sms" });
//               ^? Sends a message to a real person.
await centerfy.sendMessage({ content: "Hi", ai: true, agent_id: agent.id, conversation_id: "c", channel: "sms" });
//                                          ^? `true`: the agent writes the reply.
await centerfy.sendMessage({ content: "Hi", ai: true, agent_id: agent.id, conversation_id: "c", channel: "sms" });
//                                                    ^? It must be active
await centerfy.sendMessage({ content: "Hi", ai: false, conversation_id: "c", channel: "sms" });
//                                                                                     ^| email whatsapp facebook instagram

for await (const message of centerfy.contactMessages("c")) void message.timestamp;
//                                                                         ^? ISO 8601

try {
    await centerfy.getAgent("id", { signal: undefined });
    //                                ^? rejects with the signal's `reason`
} catch (error) {
    if (CenterfyError.is(error)) void [error.maybeDelivered, error.retryAfter];
    //                 ^? Unlike `instanceof`
}
declare const error: CenterfyError;
void error.maybeDelivered;
//            ^? may have created an agent or reached a person
void error.retryAfter;
//           ^? in seconds
void (error.code === "parse");
//                     ^| validation rate_limited load
