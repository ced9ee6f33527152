import { createServer } from "vite";
import { announce } from "./listen.mjs";

const config = {
  server: { proxy: { "/api": "http://localhost:3000" } },
};

const server = await createServer({ configFile: false, server: { ...config.server, host: "127.0.0.1", port: 0 } });
await server.listen();
announce(server.httpServer.address().port);
