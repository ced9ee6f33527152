/** Debian's nginx in front of a server. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Missing } from "../support/missing.mjs";
import { serve } from "../support/processes.mjs";
import { onPath } from "../support/tools.mjs";
import { freePort } from "./ports.mjs";

/** Its name in Debian. */
export const debian = ["nginx-light"];

const find = () => onPath(["nginx"], debian, ["/usr/sbin/nginx"]);

export const nginxVersion = async () => {
  const { match, stop } = await serve(await find(), ["-v"], { ready: /nginx\/([\d.]+)/ });
  await stop();
  return `nginx ${match[1]}`;
};

const HTTPS = 443;

/** Other paths for files that Debian's nginx keeps where only root may write. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);

const configurationOf = ({ listen, lines }) => `
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
      ${lines.join("\n      ")}
    }
  }
}
`;

/** Starts it with `lines` in its location. On `https`, with its own port, `lines` see what they see in production. */
export const startNginx = async (folder, { name, lines, https = false, http2 = false }) => {
  const binary = await find();
  const isTls = https || http2;
  // Another loopback address, where nothing else listens on 443.
  const host = https ? `127.1.${(process.pid >> 8) & 255}.${process.pid & 255}` : "127.0.0.1";
  const port = await freePort(host, https ? HTTPS : 0).catch(({ code }) => {
    throw new Missing(`nginx cannot listen on ${host}:${HTTPS} (${code})`);
  });
  const prefix = join(folder, name);
  await mkdir(prefix);
  const listen = [`${host}:${port}`, isTls && "ssl", http2 && "http2"].filter(Boolean).join(" ");
  await writeFile(join(prefix, "nginx.conf"), configurationOf({ listen, lines }));
  const server = await serve(binary, ["-p", prefix, "-e", "stderr", "-c", "nginx.conf"], { ready: /epoll|kqueue/ });
  return { ...server, origin: new URL(`${isTls ? "https" : "http"}://${host}:${port}`).origin };
};
