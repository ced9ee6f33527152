import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import Koa from "koa";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);
const mounted = (ctx) => ((ctx.respond = false), handler(ctx.req, ctx.res, { body: ctx.request.body, context: [ctx] }));

const app = new Koa();
app.use((ctx, next) => (ctx.path.startsWith("/api/centerfy/") ? mounted(ctx) : next()));
app.use(bodyParser());
listen(createServer(app.callback()));
