import serverlessExpress from "@codegenie/serverless-express";
import express from "express";
import { toNodeHandler } from "centerfy/proxy/node";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = express();
app.use("/api/centerfy", handler);

const lambda = serverlessExpress({ app });

export { lambda as handler };
