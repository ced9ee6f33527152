import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { toNodeHandler } from "centerfy/proxy/node";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

const [key, cert] = ["key.pem", "cert.pem"].map((name) => readFileSync(name));

const server = createSecureServer({ key, cert }, handler);

server.listen(0, "127.0.0.1", () => announce(server.address().port, "https"));
