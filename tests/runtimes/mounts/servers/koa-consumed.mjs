import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import Koa from "koa";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = new Koa();
app.use(bodyParser());
app.use((ctx) => {
  ctx.respond = false;
  return handler(ctx.req, ctx.res);
});
listen(createServer(app.callback()));
