// The agent's fields as the form shows them: names as on the wire, units, and the conditional rules.

const VOICES = ["Sulafat", "Aria", "Ravi"];
const MODELS = ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-4.1"];
const LANGUAGES = ["en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "pt-BR", "it-IT", "hi-IN"];
const BACKGROUNDS = ["call_center", "office", "cafe"];

/** The form in its order. `suggestions` complete a value but do not limit it: these lists are open. */
export const GROUPS = [
  { title: "Who it is", fields: [
    { name: "name", label: "Name", kind: "text", hint: "Shown in the platform, and said when the agent introduces itself." },
    { name: "is_active", label: "Live", kind: "switch", hint: "A paused agent takes no calls and writes no messages." },
  ] },
  { title: "How it speaks", fields: [
    { name: "voice_id", label: "Voice", kind: "text", suggestions: VOICES },
    { name: "language", label: "Language", kind: "text", suggestions: LANGUAGES },
    { name: "llm_model", label: "Language model", kind: "text", suggestions: MODELS },
    { name: "temperature", label: "Temperature", kind: "range", min: 0, max: 1, step: 0.05, ends: ["Precise", "Creative"] },
  ] },
  { title: "When it speaks", fields: [
    { name: "max_duration", label: "Longest call", kind: "number", unit: "minutes", min: 0 },
    { name: "silence_timeout", label: "Speaks after silence of", kind: "number", unit: "seconds", min: 0 },
    { name: "voice_activity_timeout", label: "Voice detection", kind: "number", unit: "milliseconds", min: 0 },
    { name: "backcchanneling", label: "Says “mm-hm” while listening", kind: "switch" },
  ] },
  { title: "On the line", fields: [
    { name: "background_noise", label: "Background sound", kind: "switch" },
    { name: "background_type", label: "Which sound", kind: "text", suggestions: BACKGROUNDS },
    { name: "recording", label: "Record calls", kind: "switch" },
  ] },
  { title: "Voicemail", fields: [
    { name: "voicemail_detection", label: "Notice voicemail", kind: "switch" },
    { name: "voicemail_type", label: "When voicemail answers", kind: "select", options: [["leave_message", "Leave a message"], ["hangup", "Hang up"]] },
    { name: "voicemail_message", label: "The message it leaves", kind: "textarea" },
  ] },
  { title: "After the call", fields: [
    { name: "webhook", label: "Call a webhook", kind: "switch" },
    { name: "webhook_url", label: "Webhook URL", kind: "url", placeholder: "https://" },
  ] },
];

/** Only for a new agent: neither can be changed later. */
export const OWNER_GROUP = { title: "Whom it belongs to", fields: [
  { name: "organization_id", label: "Organization", kind: "text", mono: true },
  { name: "sub_account_id", label: "Sub-account", kind: "text", mono: true },
] };

/** `needs` is required, and shown, when `field` has the value `is`. */
export const RULES = [
  { field: "background_noise", is: true, needs: "background_type" },
  { field: "voicemail_detection", is: true, needs: "voicemail_type" },
  { field: "voicemail_type", is: "leave_message", needs: "voicemail_message" },
  { field: "webhook", is: true, needs: "webhook_url" },
];

/** What the form of a new agent starts with. */
export const NEW_AGENT = {
  name: "", voice_id: "Sulafat", language: "en-US", llm_model: "gpt-4o-mini", temperature: 0.4,
  max_duration: 10, silence_timeout: 8, voice_activity_timeout: 300,
  is_active: true, recording: true, backcchanneling: false,
  background_noise: false, background_type: "call_center",
  voicemail_detection: false, voicemail_type: "leave_message", voicemail_message: "",
  webhook: false, webhook_url: "",
};

/** Whether the field applies, given the other values. */
export function applies(name, values) {
  return RULES.filter((rule) => rule.needs === name)
    .every((rule) => values[rule.field] === rule.is && applies(rule.field, values));
}

/** The request for a new agent: the fields that apply, and those that were left empty are left out. */
export function createRequest(values) {
  return Object.fromEntries(Object.entries(values)
    .filter(([name, value]) => applies(name, values) && value !== null && value !== ""));
}

/**
 * The fields that differ from `agent`. The API's rules hold among the fields that are sent, so a
 * switch that is turned on takes along what it requires.
 */
export function updatePatch(agent, values) {
  const patch = {};
  for (const [name, value] of Object.entries(values)) {
    if (applies(name, values) && !same(agent[name], value)) patch[name] = value;
  }
  for (const rule of RULES) {
    if (patch[rule.field] === rule.is && !(rule.needs in patch)) patch[rule.needs] = values[rule.needs];
  }
  return patch;
}

/** The names that a person changed, without what the rules take along. */
export const changedFields = (agent, values) =>
  Object.keys(values).filter((name) => applies(name, values) && !same(agent[name], values[name]));

// A field that the API did not send is as good as an empty control.
function same(before, now) {
  if (before === undefined || before === null) return now === null || now === "" || now === false;
  return before === now;
}
