// Wrong options, and wrong uses of answers, events and errors, do not compile.
import type { CenterfyEvent } from "centerfy";
import { Centerfy, CenterfyError } from "centerfy";

// @ts-expect-error "x-api-key"
new Centerfy({ auth: "basic" });
// @ts-expect-error Did you mean to write 'apiKey'
new Centerfy({ apikey: "cfy_test" });
// @ts-expect-error string
new Centerfy({ timeout: "1s" });
// @ts-expect-error perMs
new Centerfy({ rateLimit: { requests: 60 } });
// @ts-expect-error true
new Centerfy({ rateLimit: true });
// @ts-expect-error text
new Centerfy({ fetch: async () => ({ status: 200, headers: { get: () => null } }) });
// @ts-expect-error attach
new Centerfy({ apiKey: "cfy_test", store: {} });

const centerfy = new Centerfy({ apiKey: "cfy_test" });
// @ts-expect-error Did you mean to write 'timeout'
centerfy.getAgent("id", { timout: 10 });
// @ts-expect-error AbortSignalLike
centerfy.getAgent("id", { signal: {} });

const agent = await centerfy.getAgent("id");
// @ts-expect-error Did you mean 'voice_id'
agent.voiceId;
// @ts-expect-error 'agent.voice_id' is possibly 'undefined'
agent.voice_id.length;
const recording = await centerfy.getCallRecording("id");
// @ts-expect-error 'recording.expires_in_seconds' is possibly 'null'
recording.expires_in_seconds.toFixed();
// @ts-expect-error [Symbol.iterator]()
for (const message of centerfy.contactMessages("c")) void message;

declare const event: CenterfyEvent;
// @ts-expect-error delayMs
event.delayMs;
declare const error: CenterfyError;
// @ts-expect-error read-only
error.attempts = 1;
// @ts-expect-error Expected 2-3 arguments
new CenterfyError();
