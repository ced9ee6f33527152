/** The keys of all queries and mutations. */

const ALL = "centerfy";

/** A key of the parts that are set. */
export const keyOf = (...parts: (string | undefined)[]): readonly string[] =>
  [ALL, ...parts.filter((part) => part !== undefined)] as string[];

export const keys = {
  all: [ALL] as const,
  agent: (agentId?: string) => keyOf("agent", agentId),
  messages: (contactId?: string) => keyOf("messages", contactId),
  recording: (callId?: string) => keyOf("recording", callId),
};
