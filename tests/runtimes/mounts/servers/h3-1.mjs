import { createServer } from "node:http";
import { createApp, createRouter, fromWebHandler, toNodeListener } from "h3-1";
import { listen } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const router = createRouter();
router.use("/api/centerfy/**", fromWebHandler(proxy));
listen(createServer(toNodeListener(createApp().use(router))));
