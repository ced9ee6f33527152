/** A server that resets the connection after each executed call, and counts the calls. */
import { once } from "node:events";
import { createServer } from "node:http";

/** Responds to a GET, so that the connection is kept; reads a whole POST, and resets. */
export const resetting = async () => {
  let posts = 0;
  const server = createServer(async (request, response) => {
    for await (const chunk of request) void chunk;
    if (request.method !== "POST") return response.setHeader("content-type", "application/json").end('{"id":"a"}');
    posts++;
    request.socket.resetAndDestroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    posts: () => posts,
    close: () => (server.closeAllConnections(), server.close()),
  };
};
