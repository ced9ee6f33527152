import { Centerfy, CenterfyError } from "centerfy";

const centerfy = new Centerfy({ proxy: "/api/centerfy" });
const form = document.querySelector("#message");
const { contact, content } = form.elements;
const result = form.querySelector("output");

/** One key for each message: if its button is pressed twice, or again after an error, it is sent once. */
let idempotencyKey = crypto.randomUUID();
form.addEventListener("input", () => (idempotencyKey = crypto.randomUUID()));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = { content: content.value, ai: false, channel: "sms" };
  const once = { idempotencyKey };
  try {
    const { conversation_id } = await centerfy.getContactMessages(contact.value, { limit: 1 });
    const sent = await centerfy.sendMessage({ ...message, conversation_id }, once);
    result.value = `Sent: ${sent.content}`;
  } catch (error) {
    if (!CenterfyError.is(error)) throw error;
    if (error.code === "authentication") result.value = "Sign in first.";
    else if (error.maybeDelivered) result.value = "It may have been sent. Check before you send it again.";
    else result.value = error.message;
  }
});
