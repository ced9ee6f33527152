import { fastify } from "fastify";
import { toNodeHandler } from "centerfy/proxy/node";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = fastify();
app.register(async (plugin) => {
  plugin.removeAllContentTypeParsers();
  plugin.addContentTypeParser("*", (request, body, done) => done(null));
  plugin.all("/api/centerfy/*", (request, reply) => (reply.hijack(), handler(request.raw, reply.raw)));
});
await app.listen({ port: 0, host: "127.0.0.1" });
announce(app.server.address().port);
