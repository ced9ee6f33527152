import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const app = new Hono();
app.mount("/api/centerfy", proxy);
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => announce(port));
