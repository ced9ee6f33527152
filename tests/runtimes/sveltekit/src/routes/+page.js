import { Centerfy } from "centerfy";

/** A relative base URL goes to SvelteKit's own `fetch`, on the server and in the page. */
export const load = async ({ fetch }) => {
  const centerfy = new Centerfy({ baseUrl: "/api/centerfy", fetch });
  return { agent: await centerfy.getAgent("a1") };
};
