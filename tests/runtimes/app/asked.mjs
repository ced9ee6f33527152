import { Centerfy } from "./node_modules/centerfy/index.js";

/** What a client with a relative base URL asks for, and what `fetch` would. */
export const asked = async () => {
  let url;
  const client = new Centerfy({ baseUrl: "api", rateLimit: false, onEvent: (event) => (url ??= event.url) });
  // Nothing is there; that is not the question.
  await client.getAgent("a").catch(() => {});
  return { url, expected: new Request("api/get-agent/a").url };
};
