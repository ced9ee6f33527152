import { proxy } from "./proxy.mjs";

export default { fetch: proxy };
