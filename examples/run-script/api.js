import { createSandbox } from "centerfy/sandbox";
import { rowsOf } from "./people.js";

const { CENTERFY_API_KEY, CENTERFY_BASE_URL } = process.env;

/** The API, or without an API key a sandbox in this process, which reaches no one and has the people in the file. */
export async function clientOptions(file) {
  if (CENTERFY_API_KEY) return { apiKey: CENTERFY_API_KEY, baseUrl: CENTERFY_BASE_URL };
  const contacts = [];
  for await (const { contact_id, conversation_id, name, phone, time_zone } of rowsOf(file)) {
    contacts.push({ id: contact_id, conversation_id, name, phone: phone || null, time_zone });
  }
  const { apiKey, fetch } = await createSandbox({ contacts });
  return { apiKey, fetch };
}
