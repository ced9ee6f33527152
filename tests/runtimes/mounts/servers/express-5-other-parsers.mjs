import express from "express";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = express();
app.use(express.json({ type: "application/vnd.api+json" }), express.urlencoded({ extended: true }), express.text(), express.raw());
app.use("/api/centerfy", handler);
listen(app);
