import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const server = Bun.serve({ fetch: (request) => proxy(request) });
announce(server.port);
