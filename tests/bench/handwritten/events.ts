import type { OperationName } from "./operations.ts";

/** What a listener is told; neither key nor bodies. */
export interface CallEvent {
  type: "request" | "response" | "retry" | "queued";
  operation: OperationName;
  attempt: number;
  url: string;
  status?: number;
  delayMs?: number;
  durationMs?: number;
}
