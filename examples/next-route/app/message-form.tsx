"use client";

import { useRef, useState, type FormEvent } from "react";
import { Centerfy, CenterfyError } from "centerfy";

const centerfy = new Centerfy({ proxy: "/api/centerfy" });

const failure = (error: unknown) => {
  if (!CenterfyError.is(error)) throw error;
  if (error.code === "authentication") return "Sign in first.";
  return error.maybeDelivered ? "It may have been sent. Check before you send it again." : error.message;
};

export function MessageForm({ contactId }: { contactId: string }) {
  const [result, setResult] = useState("");
  /** One key for each message: if its button is pressed twice, or again after an error, it is sent once. */
  const idempotencyKey = useRef<string>(undefined);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const contact = String(form.get("contact"));
    const content = String(form.get("content"));
    const once = { idempotencyKey: (idempotencyKey.current ??= crypto.randomUUID()) };
    try {
      const { conversation_id } = await centerfy.getContactMessages(contact, { limit: 1 });
      const sent = await centerfy.sendMessage({ content, ai: false, conversation_id, channel: "sms" }, once);
      setResult(`Sent: ${sent.content}`);
    } catch (error) {
      setResult(failure(error));
    }
  }

  return (
    <form id="message" onSubmit={send} onInput={() => (idempotencyKey.current = undefined)}>
      <label>
        Contact <input name="contact" defaultValue={contactId} required />
      </label>
      <label>
        Message <input name="content" required />
      </label>
      <button>Send</button>
      <output>{result}</output>
    </form>
  );
}
