// The agent's fields in the form: API names, units, and the conditional rules.

import { copyName, creative, fields as LABELS, groups as TITLES, hangUp, hints as HINTS, leaveMessage, precise, units as UNITS } from "../texts/agents.js";

const VOICES = ["Sulafat", "Aria", "Ravi"];
const MODELS = ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-4.1"];
const LANGUAGES = ["en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "pt-BR", "it-IT", "hi-IN"];
const BACKGROUNDS = ["call_center", "office", "cafe"];

const field = (name, kind, more = {}) => ({ name, label: LABELS[name], hint: HINTS[name], kind, ...more });

/** The form's fields in order. `suggestions` complete a value but do not limit it. */
export const GROUPS = [
  { title: TITLES.who, fields: [
    field("name", "text"),
    field("is_active", "switch"),
  ] },
  { title: TITLES.speaks, fields: [
    field("voice_id", "text", { suggestions: VOICES }),
    field("language", "text", { suggestions: LANGUAGES }),
    field("llm_model", "text", { suggestions: MODELS }),
    field("temperature", "range", { min: 0, max: 1, step: 0.05, ends: [precise, creative] }),
  ] },
  { title: TITLES.when, fields: [
    field("max_duration", "number", { unit: UNITS.minutes, min: 0 }),
    field("silence_timeout", "number", { unit: UNITS.seconds, min: 0 }),
    field("voice_activity_timeout", "number", { unit: UNITS.milliseconds, min: 0 }),
    field("backcchanneling", "switch"),
  ] },
  { title: TITLES.line, fields: [
    field("background_noise", "switch"),
    field("background_type", "text", { suggestions: BACKGROUNDS }),
    field("recording", "switch"),
  ] },
  { title: TITLES.voicemail, fields: [
    field("voicemail_detection", "switch"),
    field("voicemail_type", "select", { options: [["leave_message", leaveMessage], ["hangup", hangUp]] }),
    field("voicemail_message", "textarea"),
  ] },
  { title: TITLES.after, fields: [
    field("webhook", "switch"),
    field("webhook_url", "url", { placeholder: "https://" }),
  ] },
];

/** For an existing agent: it is paused and resumed next to its name, so the form has no switch for that. */
export const EDIT_GROUPS = GROUPS.map(({ title, fields }) => ({ title, fields: fields.filter(({ name }) => name !== "is_active") }));

const ALL = GROUPS.flatMap(({ fields }) => fields);
/** Only for a new agent: neither can be changed later. */
export const OWNER_GROUP = { title: TITLES.owner, fields: [
  field("organization_id", "text", { mono: true }),
  field("sub_account_id", "text", { mono: true }),
] };

/** `needs` is required, and shown, when `field` has the value `is`. */
export const RULES = [
  { field: "background_noise", is: true, needs: "background_type" },
  { field: "voicemail_detection", is: true, needs: "voicemail_type" },
  { field: "voicemail_type", is: "leave_message", needs: "voicemail_message" },
  { field: "webhook", is: true, needs: "webhook_url" },
];

/** The initial values for a new agent. */
export const NEW_AGENT = {
  name: "", voice_id: "Sulafat", language: "en-US", llm_model: "gpt-4o-mini", temperature: 0.4,
  max_duration: 10, silence_timeout: 8, voice_activity_timeout: 300,
  is_active: true, recording: true, backcchanneling: false,
  background_noise: false, background_type: "call_center",
  voicemail_detection: false, voicemail_type: "leave_message", voicemail_message: "",
  webhook: false, webhook_url: "",
};

/** The initial values for a duplicate of `agent`. */
export const copyOf = (agent) => ({
  ...Object.fromEntries(Object.keys(NEW_AGENT).map((name) => [name, agent[name] ?? NEW_AGENT[name]])),
  name: copyName(agent.name),
  ...(agent.organization_id ? { organization_id: agent.organization_id } : {}),
  ...(agent.sub_account_id ? { sub_account_id: agent.sub_account_id } : {}),
});

/** Whether the field applies with the other values. */
export function applies(name, values) {
  return RULES.filter((rule) => rule.needs === name)
    .every((rule) => values[rule.field] === rule.is && applies(rule.field, values));
}

/** The request for a new agent: the fields that apply and are not empty. */
export function createRequest(values) {
  return Object.fromEntries(Object.entries(values)
    .filter(([name, value]) => applies(name, values) && value !== null && value !== ""));
}

/**
 * The fields that differ from `agent`. The API validates the fields of a request together, so a
 * switch that is turned on adds the fields that it requires.
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

/** The names of the edited fields, without those that the rules add. */
export const changedFields = (agent, values) =>
  Object.keys(values).filter((name) => applies(name, values) && !same(agent[name], values[name]));

/** The names of the fields in which two agents differ. */
export const differing = (before, after) => ALL.map(({ name }) => name).filter((name) => !same(before[name], after[name] ?? null));

/** The values of a form on `before` when the agent is now `after`: edits stay. */
export function rebased(before, after, values) {
  const edited = new Set(Object.keys(values).filter((name) => !same(before[name], values[name])));
  return Object.fromEntries(Object.keys(values).map((name) => [name, edited.has(name) ? values[name] : after[name]]));
}

// A field that the API did not send equals an empty control.
function same(before, now) {
  if (before === undefined || before === null) return now === null || now === "" || now === false;
  return before === now;
}
