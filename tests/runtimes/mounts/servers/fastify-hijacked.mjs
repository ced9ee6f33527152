import { fastify } from "fastify";
import { toNodeHandler } from "centerfy/proxy/node";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = fastify();
app.all("/api/centerfy/*", (request, reply) => (reply.hijack(), handler(request.raw, reply.raw, { body: request.body, context: [request] })));
await app.listen({ port: 0, host: "127.0.0.1" });
announce(app.server.address().port);
