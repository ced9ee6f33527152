import { createProxy, type Proxy } from "centerfy/proxy";
import { createSandbox } from "centerfy/sandbox";
import { nameOf } from "../../../session";

const make = async () => {
  const { CENTERFY_API_KEY, DEMO_ORIGIN } = process.env;
  // The API, or without an API key a sandbox in this process, which reaches no one.
  const { apiKey, fetch } = CENTERFY_API_KEY ? { apiKey: CENTERFY_API_KEY, fetch: undefined } : await createSandbox();
  return createProxy({
    apiKey,
    fetch,
    path: "/api/centerfy",
    allow: ["getAgent", "getContactMessages", "sendMessage"],
    // Here, every user may write to every contact. In your app, check whether the contact in `args` is theirs.
    authorize: ({ request }) => nameOf(request.headers.get("cookie")),
    limit: { requests: 30, perMs: 60_000 },
    origins: DEMO_ORIGIN ? [DEMO_ORIGIN] : [],
    onError: (error, { operation, status }) => console.error(operation, status, error),
  });
};

let proxy: Promise<Proxy> | undefined;

// Made at the first request, since `next build` loads this file too, without a key.
const handle = async (request: Request) => (await (proxy ??= make()))(request);

export { handle as GET, handle as POST, handle as PUT, handle as OPTIONS };
