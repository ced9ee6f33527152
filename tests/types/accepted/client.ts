// Making clients, options, iteration, errors and events, without any global of a runtime.
import type {
    AcquireInfo,
    Agent,
    CenterfyEvent,
    CenterfyOptions,
    ErrorCode,
    FetchLike,
    Message,
    Operation,
    RateLimit,
    RateLimiter,
    Release,
    RequestOptions,
} from "centerfy";
import { Centerfy, CenterfyError } from "centerfy";
import { traced } from "centerfy/otel";

declare const maybeText: string | undefined;

new Centerfy();
new Centerfy({});
new Centerfy({ apiKey: maybeText, baseUrl: maybeText, fetch: undefined, onEvent: undefined, rateLimit: undefined });
new Centerfy({ auth: "bearer", attemptTimeout: 0, timeout: Infinity, maxRetries: 0, dangerouslyAllowBrowser: true });
new Centerfy({ rateLimit: false });
const limit: RateLimit = { requests: 10, perMs: 1000 };
new Centerfy({ rateLimit: limit });

const limiter: RateLimiter = {
    async acquire({ operation, attempt, signal }: AcquireInfo) {
        const name: Operation = operation;
        if (signal?.aborted) throw signal.reason;
        void [name, attempt + 1];
    },
};
new Centerfy({ rateLimit: limiter });
// A program that asks a limiter directly need not say how long it takes, nor call what it gets.
const asked: void | Release | PromiseLike<void | Release> = limiter.acquire({ operation: "getAgent", attempt: 1 });
void asked;
const releasing: RateLimiter = {
    acquire({ attemptTimeout = Infinity }: AcquireInfo): Release {
        const lease: number = attemptTimeout;
        return (sent: boolean) => void [lease, sent];
    },
};
new Centerfy({ rateLimit: releasing });
new Centerfy({ rateLimit: { acquire: async () => (sent) => void sent } });
new Centerfy({ rateLimit: { acquire() {} } });
class Bucket {
    tokens = 3;
    acquire(): Promise<void> {
        this.tokens -= 1;
        return Promise.resolve();
    }
}
new Centerfy({ rateLimit: new Bucket() });

const fetch: FetchLike = async (url, { method, headers, body }) => ({
    status: url.length + method.length + (headers["accept"]?.length ?? 0) + (body?.length ?? 0),
    headers: { get: (name) => (name === "x-request-id" ? "1" : null) },
    text: async () => "{}",
});
const options: CenterfyOptions = { apiKey: "cfy_test", fetch };
const centerfy = new Centerfy(options);

export function onEvent(event: CenterfyEvent): string {
    const about = `${event.operation} ${event.attempt} ${event.url}`;
    switch (event.type) {
        case "queued":
        case "request":
            return about;
        case "response":
            return `${about} ${event.status.toFixed()} ${event.durationMs.toFixed()} ${event.requestId?.length}`;
        case "failure":
            return `${about} ${event.reason} ${event.error instanceof Error}`;
        case "end":
            return `${about} ${event.outcome} ${event.attempts.toFixed()} ${event.queuedMs.toFixed()}`;
        case "retry":
            return `${about} ${event.reason} ${event.delayMs.toFixed()}`;
    }
}
new Centerfy({ onEvent });
new Centerfy({ onEvent: traced({ startSpan: () => ({ setAttributes() {}, addEvent() {}, setStatus() {}, end() {} }) }) });

export async function withResponse(centerfy: Centerfy): Promise<string> {
    const { data, status, headers, requestId, attempts } = await centerfy.getAgent("a").withResponse();
    const plain: Promise<Agent> = centerfy.getAgent("a");
    return `${data.name} ${status.toFixed()} ${headers.get("date")} ${requestId} ${attempts.toFixed()} ${(await plain).id}`;
}

const requestOptions: RequestOptions = { attemptTimeout: 1, timeout: 2, maxRetries: 3, signal: undefined };
await centerfy.getAgent("id", requestOptions);
await centerfy.archiveAgent("id", { maxRetries: 0 });

const contents: string[] = [];
for await (const message of centerfy.contactMessages("c")) contents.push(message.content);
for await (const message of centerfy.contactMessages("c", { limit: 10 }, requestOptions)) {
    const { sender_type }: Message = message;
    if (sender_type === "contact") break;
}
const iterator = centerfy.contactMessages("c", undefined, { timeout: 100 });
const next: IteratorResult<Message> = await iterator.next();
await iterator.return?.();

export function explain(error: unknown): string {
    if (!CenterfyError.is(error)) return "not ours";
    const asError: Error = error;
    const code: ErrorCode = error.code;
    const operation: Operation | undefined = error.operation;
    const wait: number = error.retryAfter ?? 0;
    const { status, field, body, requestId, attempts, maybeDelivered, cause, message, stack } = error;
    const known: boolean = error instanceof CenterfyError;
    return [asError.name, code, operation, wait, status?.toFixed(), field, typeof body, requestId, attempts.toFixed(),
        maybeDelivered === true, typeof cause, message, stack, known].join();
}

/** Every code has its words: the switch is complete. */
export function words(code: ErrorCode): string {
    switch (code) {
        case "validation":
        case "bad_request":
        case "authentication":
        case "permission":
        case "not_found":
        case "rate_limited":
        case "server":
        case "http":
        case "network":
        case "timeout":
        case "parse":
        case "load":
            return code;
    }
}

export { next };

// An error can be made in a test, and is a class for `toThrow`.
const made = new CenterfyError("getAgent: timed out", { code: "timeout", operation: "getAgent", attempts: 1 });
made.name = "Renamed";
const errorClass: new (...given: any[]) => Error = CenterfyError;
