import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";
import { listen } from "./listen.mjs";

const target = "http://localhost:3000";

const app = express();
app.use(createProxyMiddleware({ target, changeOrigin: true, pathFilter: "/api" }));
listen(app);
