/** Requests on separate connections, which can be reset: a server notices that its caller disconnects. */
import { request } from "node:http";

/** Sends a request: `sent` resolves when it is written, `answer` to `{ status, headers, text }`. */
export const open = (url, { body, ...init } = {}) => {
  const outgoing = request(url, { agent: false, ...init });
  const answer = new Promise((resolve, reject) => {
    outgoing.on("error", reject).on("response", async (response) => {
      let text = "";
      for await (const part of response.setEncoding("utf8")) text += part;
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
  });
  // After a reset nothing else handles the error.
  answer.catch(() => {});
  const sent = new Promise((resolve) => outgoing.once("finish", resolve));
  outgoing.end(body);
  return { sent, answer, reset: () => outgoing.socket.resetAndDestroy() };
};
