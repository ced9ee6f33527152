// A TCP connection that is slow, cut or silent.

import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Forwards connections to a server, and delays data by `delayMs` in both directions. */
export async function startWire(port, { delayMs = 0 } = {}) {
  const sockets = new Set();
  let isStopped = false;
  const wire = {
    delayMs,
    /** Whether the reply to these commands is lost together with its connection. */
    loses: (_asked) => false,
    /** Until this resolves, no data is forwarded. */
    silence: Promise.resolve(),
    async stop() {
      isStopped = true;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  /** Forwards data in its order. */
  const carry = (from, to, before = () => true) => {
    let last = Promise.resolve();
    from.on("data", (data) => {
      const due = new Promise((resolve) => setTimeout(resolve, wire.delayMs));
      last = last.then(async () => {
        await due;
        await wire.silence;
        if (before(data) && !to.destroyed) to.write(data);
      });
    });
    from.on("close", () => last.then(() => to.destroy()));
    from.on("error", () => {});
  };
  const server = createServer((near) => {
    // A client that reconnects at this moment would keep the server open.
    if (isStopped) return near.destroy();
    const far = connect(port, "127.0.0.1");
    near.setNoDelay(true);
    far.setNoDelay(true);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    let asked = "";
    carry(near, far, (data) => {
      asked += data;
      return true;
    });
    carry(far, near, () => {
      const isLost = wire.loses(asked);
      asked = "";
      if (isLost) near.destroy();
      return !isLost;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(wire, { port: server.address().port });
}

/** A wire that stops at the end of its test. */
export async function wireFor(t, { port }, options) {
  const wire = await startWire(port, options);
  t.after(() => wire.stop());
  return wire;
}
