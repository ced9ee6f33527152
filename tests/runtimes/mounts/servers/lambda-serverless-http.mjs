import express from "express";
import serverless from "serverless-http";
import { toNodeHandler } from "centerfy/proxy/node";
import { proxy } from "./proxy.mjs";

const app = express();
app.use("/api/centerfy", toNodeHandler(proxy));

export const handler = serverless(app);
