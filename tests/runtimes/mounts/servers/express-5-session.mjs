import express from "express";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const app = express();
app.use((request, response, next) => {
  delete request.headers["x-user"];
  const [, user] = /session=(\w+)/.exec(request.headers.cookie) ?? [];
  if (user) request.headers["x-user"] = user;
  next();
});
const api = express.Router();
api.use("/centerfy", handler);
app.use("/api", api);
listen(app);
