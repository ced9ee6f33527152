import express from "express-4";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const app = express();
app.use("/api/centerfy", toNodeHandler(proxy));
listen(app);
