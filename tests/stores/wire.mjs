// A TCP connection that is long, cut or silent.

import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Stands before a server: what goes either way is `delayMs` under way. */
export async function startWire(port, { delayMs = 0 } = {}) {
  const sockets = new Set();
  let isStopped = false;
  const wire = {
    delayMs,
    /** Whether the answer to what was asked is lost, with its connection. */
    loses: (_asked) => false,
    /** Until this is over, nothing goes either way. */
    silence: Promise.resolve(),
    async stop() {
      isStopped = true;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  /** Passes on in the order in which it came. */
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
    // A client that comes back in this very moment would keep the server open.
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

/** A wire that ends with its test. */
export async function wireFor(t, { port }, options) {
  const wire = await startWire(port, options);
  t.after(() => wire.stop());
  return wire;
}
