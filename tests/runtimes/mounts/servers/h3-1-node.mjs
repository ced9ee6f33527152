import { createServer } from "node:http";
import { createApp, fromNodeMiddleware, toNodeListener } from "h3-1";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = createApp();
app.use("/api/centerfy", fromNodeMiddleware(handler));
listen(createServer(toNodeListener(app)));
