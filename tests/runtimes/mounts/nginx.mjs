/** nginx in front of a server, as Debian has it. */
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { Missing } from "../support/missing.mjs";
import { serve } from "../support/processes.mjs";
import { onPath } from "../support/tools.mjs";

const DEBIAN = ["nginx-light"];
const HTTPS = 443;

/** A port that is free now. nginx can be given none that it chooses itself. */
const freePort = async (host, port) => {
  const server = createServer().listen(port, host);
  await once(server, "listening").catch(({ code }) => {
    throw new Missing(`nginx cannot listen on ${host}:${port} (${code})`);
  });
  const { port: free } = server.address();
  server.close();
  await once(server, "close");
  return free;
};

/** Places of its own for what Debian's nginx keeps where only root may write. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);

const configurationOf = ({ listen, lines, behind }) => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${TEMPORARY.join("\n  ")}
  server {
    listen ${listen};
    ssl_certificate ../cert.pem;
    ssl_certificate_key ../key.pem;
    location / {
      ${[`proxy_pass ${behind};`, ...lines].join("\n      ")}
    }
  }
}
`;

/** Starts it with `lines` in its location. On `https`, with its own port, `lines` see what they see in production. */
export const startNginx = async (folder, { name, behind, lines = [], https = false, http2 = false }) => {
  const binary = await onPath(["nginx"], DEBIAN, ["/usr/sbin/nginx"]);
  const isTls = https || http2;
  // A loopback address of its own: nothing else listens on 443 there.
  const host = https ? `127.1.${(process.pid >> 8) & 255}.${process.pid & 255}` : "127.0.0.1";
  const port = await freePort(host, https ? HTTPS : 0);
  const prefix = join(folder, name);
  await mkdir(prefix);
  const listen = [`${host}:${port}`, isTls && "ssl", http2 && "http2"].filter(Boolean).join(" ");
  await writeFile(join(prefix, "nginx.conf"), configurationOf({ listen, lines, behind }));
  const server = await serve(binary, ["-p", prefix, "-e", "stderr", "-c", "nginx.conf"], { ready: /epoll|kqueue/ });
  return { ...server, origin: new URL(`${isTls ? "https" : "http"}://${host}:${port}`).origin };
};
