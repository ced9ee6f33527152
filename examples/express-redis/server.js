import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import express from "express";
import { createClient } from "redis";
import { createProxy } from "centerfy/proxy";
import { toNodeHandler } from "centerfy/proxy/node";
import { redisStore } from "centerfy/redis";
import { createSandbox } from "centerfy/sandbox";

const { CENTERFY_API_KEY, REDIS_URL, DEMO_ORIGIN, PORT = "3000" } = process.env;

const client = createClient({ url: REDIS_URL });
client.on("error", (error) => console.error(`Redis: ${error.message}`));
await client.connect();

/** The API, or without an API key a sandbox in this process, which reaches no one. */
const { apiKey, fetch } = CENTERFY_API_KEY ? { apiKey: CENTERFY_API_KEY } : await createSandbox();

const proxy = createProxy({
  apiKey,
  fetch,
  path: "/api/centerfy",
  allow: ["getAgent", "getContactMessages", "sendMessage"],
  // Here, every user may write to every contact. In your app, check whether the contact in `args` is theirs.
  authorize: ({ request }) => nameOf(request.headers.get("cookie")),
  limit: { requests: 30, perMs: 60_000 },
  store: redisStore(client),
  origins: DEMO_ORIGIN ? [DEMO_ORIGIN] : [],
  onError: (error, { operation, status }) => console.error(operation, status, error),
});

/** The user of the session in these cookies, or `false`. Sessions are in Redis, which all processes share. */
async function nameOf(cookie) {
  const [, session] = /(?:^|; )session=(\w+)/.exec(cookie ?? "") ?? [];
  return (session && (await client.get(`session:${session}`))) || false;
}

const app = express();
app.use("/api/centerfy", toNodeHandler(proxy));

// The login of the app. Here, a name is enough; your app requires a password.
app.post("/login", express.urlencoded({ extended: false }), async ({ body, secure }, response) => {
  const name = String(body?.name ?? "").trim().slice(0, 100);
  if (!name) return response.status(400).send("Who are you?");
  const session = randomBytes(32).toString("hex");
  await client.set(`session:${session}`, name, { EX: 86_400 });
  response.cookie("session", session, { httpOnly: true, sameSite: "lax", secure, maxAge: 86_400_000 }).redirect(303, "/");
});

// The client is one file, which the page imports unchanged.
const centerfy = fileURLToPath(new URL(".", import.meta.resolve("centerfy/package.json")));
app.get("/centerfy.js", (_, response) => response.sendFile("index.js", { root: centerfy }));
app.use(express.static(fileURLToPath(new URL("public", import.meta.url))));

const server = app.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
