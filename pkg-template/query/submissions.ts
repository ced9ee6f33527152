/** The idempotency keys of mutations: one per submission. */
import type { RequestOptions } from "../types.js";

type Send<T> = (options?: RequestOptions) => Promise<T>;

export const createSubmissions = () => {
  /** The keys of submissions that have not succeeded, by operation and variables. */
  const pending = new Map<string, string>();
  /** Whether the client accepts keys. A client without a proxy refuses them before it sends anything. */
  let isKeyed = true;
  return {
    reset: () => pending.clear(),
    /** Sends a submission. The same one has the same key until it succeeds. */
    async send<T>(operation: string, variables: unknown, send: Send<T>): Promise<T> {
      if (!isKeyed) return send();
      const submission = operation + JSON.stringify(variables);
      const idempotencyKey = pending.get(submission) ?? `${Date.now()}-${Math.random()}`;
      pending.set(submission, idempotencyKey);
      try {
        const result = await send({ idempotencyKey });
        pending.delete(submission);
        return result;
      } catch (error) {
        if ((error as { field?: string }).field !== "idempotencyKey") throw error;
        isKeyed = false;
        return send();
      }
    },
  };
};
