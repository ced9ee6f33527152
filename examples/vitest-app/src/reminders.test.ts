import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Centerfy } from "centerfy";
import { createSandbox, type Sandbox } from "centerfy/sandbox";
import { remind, type Visit } from "./reminders.js";

let sandbox: Sandbox;
let centerfy: Centerfy;
let visits: Visit[];

beforeEach(async () => {
  vi.useFakeTimers();
  sandbox = await createSandbox();
  centerfy = new Centerfy({ apiKey: sandbox.apiKey, fetch: sandbox.fetch });
  visits = sandbox
    .contacts()
    .slice(0, 3)
    .map(({ conversation_id }) => ({ conversationId: conversation_id, channel: "sms", at: "10:15" }));
});

afterEach(() => {
  sandbox.dispose();
  vi.useRealTimers();
});

const goneOut = () => sandbox.deliveries().map(({ response }) => response.content);

test("each contact is reminded once", async () => {
  const report = await remind(centerfy, visits);
  expect(report).toEqual({ sent: visits, unclear: [], failed: [] });
  expect(goneOut()).toEqual(Array(3).fill("See you tomorrow at 10:15."));
});

test("a lost answer has an unknown outcome, and no contact gets two messages", async () => {
  sandbox.fail("sendMessage", { type: "drop", when: "after" });
  const report = await remind(centerfy, visits);
  expect(report.unclear).toEqual([visits[0]]);
  expect(goneOut()).toHaveLength(3);
});

test("a message that the API refuses was not sent", async () => {
  sandbox.fail("sendMessage", { type: "answer", status: 400, body: { error: true, message: "not today" } });
  const report = await remind(centerfy, visits);
  expect(report.failed).toEqual([visits[0]]);
  expect(goneOut()).toHaveLength(2);
});

test("a rate-limited message is sent later", async () => {
  sandbox.fail("sendMessage", { type: "answer", status: 429, headers: { "retry-after": "30" } });
  const reminding = remind(centerfy, visits);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(goneOut()).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await reminding).sent).toEqual(visits);
});

test("a contact's answer is in the conversation", async () => {
  await remind(centerfy, visits);
  const [{ id }] = sandbox.contacts();
  sandbox.receive({ contactId: id, content: "I will be there" });
  const { messages } = await centerfy.getContactMessages(id, { limit: 2 });
  expect(messages.map(({ content }) => content)).toEqual(["I will be there", "See you tomorrow at 10:15."]);
});
