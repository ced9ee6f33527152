import { createServer } from "node:http";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

listen(createServer(toNodeHandler(proxy)));
