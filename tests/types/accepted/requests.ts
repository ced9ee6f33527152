// Requests that keep the contract's rules compile, with literal values and with values that are
// only known at run time.
import type { AgentSettings, Channel, CreateAgentRequest, UpdateAgentRequest, VoicemailType } from "centerfy";
import { Centerfy } from "centerfy";

const centerfy = new Centerfy({ apiKey: "cfy_test" });

declare const flag: boolean;
declare const maybe: boolean | undefined;
declare const text: string;
declare const maybeText: string | undefined;
declare const type: VoicemailType;
declare const maybeType: VoicemailType | undefined;
declare const channel: Channel;

const base = {
    name: "Sales Bot",
    voice_id: "Sulafat",
    max_duration: 10,
    temperature: 0.4,
    silence_timeout: 5,
    voice_activity_timeout: 300,
    llm_model: "gpt-4o-mini",
    language: "en-US",
    backcchanneling: true,
    is_active: true,
    recording: true,
    organization_id: "o",
    sub_account_id: "s",
};
const quiet = { ...base, background_noise: false, voicemail_detection: false, webhook: false } as const;

centerfy.createAgent(quiet);
centerfy.createAgent({ ...quiet, background_noise: true, background_type: "call_center" });
centerfy.createAgent({ ...quiet, background_type: "a sound for later" });
centerfy.createAgent({ ...quiet, voicemail_detection: true, voicemail_type: "hangup" });
centerfy.createAgent({ ...quiet, voicemail_detection: true, voicemail_type: "hangup", voicemail_message: "later" });
centerfy.createAgent({ ...quiet, voicemail_detection: true, voicemail_type: "leave_message", voicemail_message: "Hi" });
centerfy.createAgent({ ...quiet, voicemail_type: "leave_message", voicemail_message: "Hi" });
centerfy.createAgent({ ...quiet, voicemail_message: "Hi" });
centerfy.createAgent({ ...quiet, webhook: true, webhook_url: "https://example.com" });
centerfy.createAgent({ ...quiet, voice_id: "a voice of tomorrow", llm_model: "a model of tomorrow", language: "xx" });

// A flag that is known at run time is fine where the field that it may require is there.
centerfy.createAgent({ ...quiet, webhook: flag, webhook_url: text });
centerfy.createAgent({ ...quiet, background_noise: flag, background_type: text });
centerfy.createAgent({ ...quiet, voicemail_detection: flag, voicemail_type: type, voicemail_message: text });
centerfy.createAgent({ ...quiet, voicemail_detection: flag, voicemail_type: "hangup" });
const form = {
    ...base,
    background_noise: flag,
    background_type: text,
    voicemail_detection: flag,
    voicemail_type: type,
    voicemail_message: text,
    webhook: flag,
    webhook_url: text,
};
centerfy.createAgent(form);
export const declared: CreateAgentRequest = form;

centerfy.updateAgent("id", {});
centerfy.updateAgent("id", { name: "New", temperature: 1, is_active: false, recording: false });
centerfy.updateAgent("id", { webhook: true, webhook_url: text });
centerfy.updateAgent("id", { webhook: false });
centerfy.updateAgent("id", { webhook_url: text });
centerfy.updateAgent("id", { background_noise: true, background_type: "call_center" });
centerfy.updateAgent("id", { background_type: "call_center" });
centerfy.updateAgent("id", { voicemail_detection: true, voicemail_type: "hangup" });
centerfy.updateAgent("id", { voicemail_type: "hangup" });
centerfy.updateAgent("id", { voicemail_type: "leave_message", voicemail_message: "Hi" });
centerfy.updateAgent("id", { voicemail_message: "Hi" });
centerfy.updateAgent("id", { voicemail_detection: false, voicemail_type: maybeType, voicemail_message: text });

// More combinations than the 25 that TypeScript would try one by one.
const patch = {
    background_noise: maybe,
    background_type: text,
    voicemail_detection: maybe,
    voicemail_type: type,
    voicemail_message: text,
    webhook: maybe,
    webhook_url: text,
    is_active: maybe,
    recording: maybe,
    name: maybeText,
};
centerfy.updateAgent("id", patch);
export const declaredPatch: UpdateAgentRequest = patch;

centerfy.makeAiCall("id", { contact_id: "c", organization_id: "o", sub_account_id: "s" });

const message = { content: "Hello", conversation_id: "conv_abc123", channel: "sms" } as const;
centerfy.sendMessage({ ...message, ai: false });
centerfy.sendMessage({ ...message, ai: false, agent_id: "id", message_id: "msg_001" });
centerfy.sendMessage({ ...message, ai: false, agent_id: maybeText });
centerfy.sendMessage({ ...message, ai: true, agent_id: "id" });
centerfy.sendMessage({ ...message, ai: flag, agent_id: "id", channel });

centerfy.getContactMessages("c");
centerfy.getContactMessages("c", {});
centerfy.getContactMessages("c", { limit: 200 });
centerfy.getContactMessages("c", { limit: 200, offset: 400 });
centerfy.getContactMessages("c", undefined, { timeout: 1000 });

// A form builds a patch field by field; the rules among its fields are checked when it is sent.
const formPatch: UpdateAgentRequest = {};
formPatch.webhook = true;
formPatch.webhook_url = "https://example.com/calls";
formPatch.voicemail_type = "leave_message";
interface NamedPatch extends UpdateAgentRequest {
  name: string;
}
const named: NamedPatch = { name: "Sales Bot", background_noise: true };
centerfy.updateAgent("id", formPatch);
centerfy.updateAgent("id", named);

// And settings for a new agent, step by step, by the flat interface.
const agentSettings: AgentSettings = { ...base, background_noise: flag, voicemail_detection: flag, webhook: false };
agentSettings.background_type = "call_center";
