import { H3, serve } from "h3";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const app = new H3();
app.all("/api/centerfy/**", (event) => proxy(event.req, event));
const server = serve(app, { port: 0, hostname: "127.0.0.1", silent: true });
await server.ready();
announce(new URL(server.url).port);
