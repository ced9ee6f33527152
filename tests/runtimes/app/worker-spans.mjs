import { report } from "./spans.mjs";

export default { fetch: async () => Response.json(await report()) };
