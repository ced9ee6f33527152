import express from "express-4";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = express();
app.use("/api/centerfy", handler);
listen(app);
