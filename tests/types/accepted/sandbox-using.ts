// The sandbox where the runtime's types are known: `using`, and its own fetch.
import { createSandbox } from "centerfy/sandbox";

using sandbox = await createSandbox();
const own: typeof fetch = sandbox.fetch;
const response: Response = await sandbox.fetch(new URL(sandbox.baseUrl), { signal: AbortSignal.timeout(5) });
const request: Response = await own(new Request(sandbox.baseUrl));
await response.arrayBuffer();
await request.text();
