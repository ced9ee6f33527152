import express from "express";
import serverless from "serverless-http";
import { toNodeHandler } from "centerfy/proxy/node";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = express();
app.use("/api/centerfy", handler);

const lambda = serverless(app);

export { lambda as handler };
