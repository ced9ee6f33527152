/** Ports for servers that cannot choose a free port, or do not report it. */
import { once } from "node:events";
import { createServer } from "node:net";

/** A port that is free now: `port`, or any. */
export const freePort = async (host = "127.0.0.1", port = 0) => {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  const { port: free } = server.address();
  server.close();
  await once(server, "close");
  return free;
};
