import serverlessExpress from "@codegenie/serverless-express";
import express from "express";
import { toNodeHandler } from "centerfy/proxy/node";
import { proxy } from "./proxy.mjs";

const app = express();
app.use("/api/centerfy", toNodeHandler(proxy));

export const handler = serverlessExpress({ app });
