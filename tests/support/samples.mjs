// A valid request for each operation that has one, and the list of operations from which the other
// tests take theirs. It imports nothing, so it can be bundled for any runtime.

export const newAgent = Object.freeze({
  name: "Sales Bot",
  voice_id: "Sulafat",
  max_duration: 10,
  temperature: 0.4,
  silence_timeout: 5,
  voice_activity_timeout: 300,
  llm_model: "gpt-4o-mini",
  language: "en-US",
  background_noise: true,
  background_type: "call_center",
  voicemail_detection: true,
  voicemail_type: "leave_message",
  voicemail_message: "Hello, we will call again tomorrow.",
  backcchanneling: true,
  is_active: true,
  webhook: true,
  webhook_url: "https://example.com/calls",
  recording: true,
  organization_id: "6b0f0c6e-8f1d-4f5e-8a53-0f6f3f6f2c01",
  sub_account_id: "6b0f0c6e-8f1d-4f5e-8a53-0f6f3f6f2c02",
});

const { organization_id, sub_account_id } = newAgent;

export const newCall = Object.freeze({ contact_id: "con_1", organization_id, sub_account_id });

export const newMessage = Object.freeze({
  content: "See you at ten.",
  ai: false,
  conversation_id: "conv_1",
  channel: "sms",
});

/**
 * Each operation, as it succeeds in a world of the sandbox, which is what the control door says of it.
 * `once`: it must not happen twice; its call takes options.
 */
export const operations = {
  getAgent: { call: (client, { agents }) => client.getAgent(agents[0].id) },
  createAgent: {
    once: true,
    call: (client, { organization_id, sub_account_id }, options) =>
      client.createAgent({ ...newAgent, organization_id, sub_account_id }, options),
  },
  updateAgent: { call: (client, { agents }) => client.updateAgent(agents[0].id, { name: "Changed" }) },
  archiveAgent: { call: (client, { agents }) => client.archiveAgent(agents[0].id) },
  makeAiCall: {
    once: true,
    call: (client, { organization_id, sub_account_id, agents, contacts }, options) =>
      client.makeAiCall(agents[0].id, { contact_id: contacts[0].id, organization_id, sub_account_id }, options),
  },
  getCallRecording: { call: (client, { calls }) => client.getCallRecording(calls[0].call_id) },
  getContactMessages: { call: (client, { contacts }) => client.getContactMessages(contacts[0].id, { limit: 5 }) },
  sendMessage: {
    once: true,
    call: (client, { contacts }, options) =>
      client.sendMessage({ content: "Hello", ai: false, conversation_id: contacts[0].conversation_id, channel: "sms" }, options),
  },
};

/** The names of all. */
export const everyName = Object.keys(operations);

/** The names of those that must not happen twice. */
export const neverTwice = everyName.filter((name) => operations[name].once);

/** How many agents, calls and messages a world's deliveries have. */
export const delivered = (deliveries) => deliveries.length;
