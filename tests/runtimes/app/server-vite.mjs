// The server of a server-rendered page, as in Vite's guide.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const [vitePath, agentId] = process.argv.slice(2);
const { createServer: createVite } = await import(vitePath);
const vite = await createVite({ server: { middlewareMode: true }, appType: "custom" });

const server = createServer((request, response) => {
  vite.middlewares(request, response, async () => {
    try {
      const { check, render } = await vite.ssrLoadModule("/entry-server.mjs");
      if (request.url === "/in-server") return response.end(JSON.stringify(await check()));
      // Browsers also ask for an icon.
      if (new URL(request.url, "http://host").pathname !== "/") return response.writeHead(404).end();
      const page = await vite.transformIndexHtml(request.url, await readFile("index.html", "utf8"));
      const html = page.replace("<body></body>", `<body>${await render(agentId)}</body>`);
      response.setHeader("content-type", "text/html").end(html);
    } catch (error) {
      response.writeHead(500).end(error.stack);
    }
  });
});

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
