import { createServer } from "node:http";
import { toNodeHandler } from "centerfy/proxy/node";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

listen(createServer(handler));
