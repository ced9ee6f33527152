/** The API without a network: a fetch that responds immediately with a real Response. */
import { always } from "../../support/fetch.mjs";
import { newAgent } from "../../support/samples.mjs";

export const base = "https://crm.example/functions/v1/crm-api";
export const key = "cfy_0123456789abcdef";
export const id = "0d5d1d7e-3f43-4d7b-9d3c-1b1f6a2f5a11";
export const request = { ...newAgent };

const agent = { id, ...request };

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

/** The measured operations: a name, and the fetch that responds to it. */
export const operations = {
  getAgent: always(agent),
  getContactMessages: always(page),
  createAgent: always(agent),
};
