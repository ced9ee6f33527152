import { createProxy, type Proxy } from "centerfy/proxy";
import { CenterfyObject, durableStore, type DurableNamespace } from "centerfy/durable";
// For trials: without the sandbox, a Worker that always has a key is 108 KB smaller.
import { createSandbox } from "centerfy/sandbox";
import { nameOf, sessionOf } from "./session";

export { CenterfyObject };

interface Env {
  CENTERFY: DurableNamespace;
  CENTERFY_API_KEY?: string;
  SESSION_SECRET?: string;
  DEMO_ORIGIN?: string;
}

/** The secret that signs sessions. With the sandbox, no real secret is needed. */
function secretOf({ SESSION_SECRET, CENTERFY_API_KEY }: Env) {
  if (!SESSION_SECRET && CENTERFY_API_KEY) throw new Error("CENTERFY_API_KEY is set, and SESSION_SECRET is not");
  return SESSION_SECRET || "of the sandbox";
}

async function makeProxy(env: Env) {
  const { CENTERFY_API_KEY, DEMO_ORIGIN } = env;
  // The API, or without an API key a sandbox in this isolate, which reaches no one.
  const { apiKey, fetch } = CENTERFY_API_KEY ? { apiKey: CENTERFY_API_KEY, fetch: undefined } : await createSandbox();
  return createProxy({
    apiKey,
    fetch,
    path: "/api/centerfy",
    allow: ["getAgent", "getContactMessages", "sendMessage"],
    // Here, every user may write to every contact. In your app, check whether the contact in `args` is theirs.
    authorize: ({ request }) => nameOf(request.headers.get("cookie"), secretOf(env)),
    limit: { requests: 30, perMs: 60_000 },
    store: durableStore(env.CENTERFY),
    origins: DEMO_ORIGIN ? [DEMO_ORIGIN] : [],
    onError: (error, { operation, status }) => console.error(operation, status, error),
  });
}

/** The login of the app. Here, a name is enough; your app requires a password. */
async function login(request: Request, env: Env) {
  const name = String((await request.formData()).get("name") ?? "").trim().slice(0, 100);
  if (!name) return new Response("Who are you?", { status: 400 });
  const secure = request.url.startsWith("https:") ? "; Secure" : "";
  const cookie = `session=${await sessionOf(name, secretOf(env))}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax${secure}`;
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": cookie } });
}

let proxy: Proxy | undefined;

export default {
  async fetch(request: Request, env: Env, context: unknown): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/login" && request.method === "POST") return login(request, env);
    if (!pathname.startsWith("/api/centerfy/")) return new Response("Not found", { status: 404 });
    // No request waits for a promise of another one, which would end with that request. The first proxy is kept.
    const made = proxy ?? (await makeProxy(env));
    proxy ??= made;
    return proxy(request, env, context);
  },
};
