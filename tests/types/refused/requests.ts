// Requests that break a rule of the contract do not compile. Behind each `@ts-expect-error` are the
// words that the compiler's explanation must have, so that a line is refused for the right reason.
import type { VoicemailType } from "centerfy";
import { Centerfy } from "centerfy";

const centerfy = new Centerfy({ apiKey: "cfy_test" });

declare const flag: boolean;
declare const maybeText: string | undefined;
declare const type: VoicemailType;

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

// A flag that is on without the field that it requires.
// @ts-expect-error 'background_type' is missing
centerfy.createAgent({ ...quiet, background_noise: true });
// @ts-expect-error 'voicemail_type' is missing
centerfy.createAgent({ ...quiet, voicemail_detection: true });
// @ts-expect-error 'voicemail_message' is missing
centerfy.createAgent({ ...quiet, voicemail_detection: true, voicemail_type: "leave_message" });
// @ts-expect-error 'voicemail_message' is missing
centerfy.createAgent({ ...quiet, voicemail_type: "leave_message" });
// @ts-expect-error 'webhook_url' is missing
centerfy.createAgent({ ...quiet, webhook: true });

// A flag that may be on.
// @ts-expect-error background_noise
centerfy.createAgent({ ...quiet, background_noise: flag });
// @ts-expect-error webhook
centerfy.createAgent({ ...quiet, webhook: flag });
// @ts-expect-error webhook
centerfy.createAgent({ ...quiet, webhook: flag, webhook_url: maybeText });
// @ts-expect-error voicemail
centerfy.createAgent({ ...quiet, voicemail_detection: flag, voicemail_type: type });

// Required fields.
const { name: _name, ...nameless } = quiet;
// @ts-expect-error 'name' is missing
centerfy.createAgent(nameless);
const { webhook: _webhook, ...undecided } = quiet;
// @ts-expect-error 'webhook' is missing
centerfy.createAgent(undecided);
const { backcchanneling: _backcchanneling, ...silent } = quiet;
// @ts-expect-error 'backcchanneling' is missing
centerfy.createAgent(silent);
const { sub_account_id: _sub, ...homeless } = quiet;
// @ts-expect-error 'sub_account_id' is missing
centerfy.createAgent(homeless);

// Types and names.
// @ts-expect-error Type 'string' is not assignable to type 'number'
centerfy.createAgent({ ...quiet, temperature: "hot" });
// @ts-expect-error Type 'string' is not assignable to type 'boolean'
centerfy.createAgent({ ...quiet, is_active: "yes" });
// @ts-expect-error Did you mean to write 'backcchanneling'
centerfy.createAgent({ ...quiet, backchanneling: true });
// @ts-expect-error VoicemailType
centerfy.createAgent({ ...quiet, voicemail_type: "sing", voicemail_message: "la" });
// @ts-expect-error null
centerfy.createAgent({ ...quiet, webhook_url: null });

// Its organization and sub-account cannot be changed.
// @ts-expect-error undefined
centerfy.updateAgent("id", { organization_id: "o" });
// @ts-expect-error undefined
centerfy.updateAgent("id", { sub_account_id: "s" });
// @ts-expect-error organization_id
centerfy.updateAgent("id", { ...base });
// @ts-expect-error Did you mean to write 'webhook_url'
centerfy.updateAgent("id", { webhok_url: "https://example.com" });
// @ts-expect-error Expected 2-3 arguments
centerfy.updateAgent("id");

// @ts-expect-error 'sub_account_id' is missing
centerfy.makeAiCall("id", { contact_id: "c", organization_id: "o" });
// @ts-expect-error number
centerfy.getAgent(1);

const message = { content: "Hello", conversation_id: "conv_abc123", channel: "sms" } as const;
// @ts-expect-error 'agent_id' is missing
centerfy.sendMessage({ ...message, ai: true });
// @ts-expect-error ai
centerfy.sendMessage({ ...message, ai: flag });
// @ts-expect-error ai
centerfy.sendMessage({ ...message });
// @ts-expect-error Channel
centerfy.sendMessage({ ...message, ai: false, channel: "fax" });
// @ts-expect-error undefined
centerfy.sendMessage({ ...message, ai: true, agent_id: maybeText });
// @ts-expect-error Did you mean to write 'message_id'
centerfy.sendMessage({ ...message, ai: false, mesage_id: "msg_001" });

// @ts-expect-error string
centerfy.getContactMessages("c", { limit: "50" });
// @ts-expect-error offset
centerfy.contactMessages("c", { offset: 10 });
