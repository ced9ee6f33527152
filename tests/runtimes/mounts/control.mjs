/** Collects the reports of a mount's proxy for the suite, and holds back its slots. */
import { once } from "node:events";
import { createServer } from "node:http";

const PATIENCE = 15_000;

const textOf = async (request) => {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  return text;
};

/** Waits until a condition is truthy, and resolves to it. */
export const until = async (holds, what) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const held = await holds();
    if (held) return held;
    if (Date.now() > end) throw new Error(`${what}: it did not come to that`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** A slot that is held back: `asked` and `left` are its state, `open` grants it. */
const gate = () => {
  const held = { asked: false, left: false, response: undefined };
  return {
    held,
    take(response) {
      Object.assign(held, { asked: true, response });
      response.on("close", () => (held.left = !response.writableEnded));
    },
    open: () => held.response?.end(),
  };
};

export const openControl = async () => {
  const heard = { error: [], refusal: [] };
  let next;
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    heard[request.url.slice(1)]?.push(JSON.parse(text));
    if (request.url !== "/slot" || !next) return response.end();
    const taken = next;
    next = undefined;
    taken.take(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** The calls of `onError` and `onRefusal`. */
    heard,
    /** Holds back the next slot. */
    hold: () => (next = gate()),
    close: () => (server.closeAllConnections(), server.close()),
  };
};
