/** Requests on connections of their own, which can be reset: a server notices that its caller disconnects. */
import { request } from "node:http";

/** Sends a request: `sent` is there when it is written, `answer` resolves to `{ status, headers, text }`. */
export const open = (url, { body, ...init } = {}) => {
  const outgoing = request(url, { agent: false, ...init });
  const answer = new Promise((resolve, reject) => {
    outgoing.on("error", reject).on("response", async (response) => {
      let text = "";
      for await (const part of response.setEncoding("utf8")) text += part;
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
  });
  // Where it is reset nothing else handles it.
  answer.catch(() => {});
  const sent = new Promise((resolve) => outgoing.once("finish", resolve));
  outgoing.end(body);
  return { sent, answer, reset: () => outgoing.socket.resetAndDestroy() };
};
