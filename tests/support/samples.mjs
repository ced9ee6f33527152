// A valid request for each operation that has one. It imports nothing, so it can be bundled for any
// runtime.

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
