import { createServer } from "vite";
import { announce } from "./listen.mjs";

const url = process.env.MOUNT_BEHIND;

const server = await createServer({
  configFile: false,
  server: { host: "127.0.0.1", port: 0, proxy: { "/api": url } },
});
await server.listen();
announce(server.httpServer.address().port);
