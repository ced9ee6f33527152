import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import Koa from "koa";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = new Koa();
app.use(bodyParser());
app.use((context, next) => {
  if (!context.path.startsWith("/api/centerfy/")) return next();
  context.respond = false;
  return handler(context.req, context.res, { body: context.request.body });
});
listen(createServer(app.callback()));
