/** The API without a network: a fetch that answers at once, with a real Response. */

const agent = {
  id: "0d5d1d7e-3f43-4d7b-9d3c-1b1f6a2f5a11",
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
};

const { id, ...request } = agent;

const messages = Array.from({ length: 200 }, (_, i) => ({
  id: `msg_${1000 - i}`,
  content: `Message ${i}: the appointment is on Tuesday at ten, please answer whether that suits you.`,
  sender_type: i % 2 ? "agent" : "contact",
  message_type: "sms",
  timestamp: new Date(1_770_000_000_000 - i * 60_000).toISOString(),
}));

const page = {
  contact_id: id,
  contact: { name: "Ada", email: "ada@example.com", phone: "+15550100" },
  conversation_id: "conv_abc123",
  messages,
  total: 1000,
  limit: 200,
  offset: 0,
};

const answer = (value) => {
  const text = JSON.stringify(value);
  return async () => new Response(text, { headers: { "content-type": "application/json" } });
};

/** What is measured: a name, and the fetch that answers it. */
export const operations = {
  getAgent: answer(agent),
  getContactMessages: answer(page),
  createAgent: answer(agent),
};

export { id, request };
export const base = "https://crm.example/functions/v1/crm-api";
export const key = "cfy_0123456789abcdef";
