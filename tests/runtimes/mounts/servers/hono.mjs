import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const app = new Hono();
app.all("/api/centerfy/*", (c) => proxy(c.req.raw, c));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => announce(port));
