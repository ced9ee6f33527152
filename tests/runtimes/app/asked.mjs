import { Centerfy } from "./node_modules/centerfy/index.js";

/** The URL that a client with a relative base URL requests, and the one of `fetch`. */
export const asked = async () => {
  let url;
  const client = new Centerfy({ baseUrl: "api", rateLimit: false, onEvent: (event) => (url ??= event.url) });
  // Nothing exists there, which does not matter.
  await client.getAgent("a").catch(() => {});
  return { url, expected: new Request("api/get-agent/a").url };
};
