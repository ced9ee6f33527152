// In a Cloudflare Worker: the client at the top of the module, and the Worker's own fetch and signals.
import { Centerfy } from "centerfy";
import { createProxy } from "centerfy/proxy";

interface Env {
    CENTERFY_API_KEY: string;
    BACKEND: Fetcher;
}

new Centerfy({ apiKey: "cfy_test", fetch });

export default {
    async fetch(request, env): Promise<Response> {
        const centerfy = new Centerfy({
            apiKey: env.CENTERFY_API_KEY,
            fetch: (url, init) => env.BACKEND.fetch(url, init),
        });
        const agent = await centerfy.getAgent("id", { signal: request.signal });
        return Response.json(agent);
    },
} satisfies ExportedHandler<Env>;

// The proxy as a Worker of its own; `authorize` gets `env` and `ctx`.
export const worker = {
    fetch: createProxy({
        apiKey: "cfy_test",
        path: "/api/centerfy",
        allow: ["getAgent"],
        authorize: async ({ request, context: [env] }) => (await env.USERS.get(request.headers.get("cookie"))) ?? false,
    }),
} satisfies ExportedHandler<Env>;
