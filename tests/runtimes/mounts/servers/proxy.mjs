import { createProxy, memoryStore } from "centerfy/proxy";
import { settings } from "./settings.mjs";

const { CENTERFY_API_KEY, CENTERFY_SANDBOX, MOUNT_CONTROL, MOUNT_ORIGIN, MOUNT_PATH } = settings;

const tell = (what, body, signal) => fetch(`${MOUNT_CONTROL}/${what}`, { method: "POST", body: JSON.stringify(body), signal });

/** `memoryStore()`, whose slots the suite can hold back. */
const held = (store) => ({
  ...store,
  limiter(limit, name) {
    const limiter = store.limiter(limit, name);
    const acquire = async (asked) => {
      await tell("slot", {}, asked.signal);
      return limiter.acquire(asked);
    };
    return { ...limiter, acquire };
  },
});

const sessionOf = (cookie) => /(?:^|; )session=(\w+)/.exec(cookie ?? "")?.[1];

const hears = (what) => (error, trouble) => tell(what, { ...trouble, message: String(error?.message ?? error) });

export const proxy = createProxy({
  apiKey: CENTERFY_API_KEY,
  baseUrl: `${CENTERFY_SANDBOX}/functions/v1/crm-api`,
  path: MOUNT_PATH,
  allow: ["getAgent", "updateAgent", "sendMessage"],
  authorize: ({ request: { headers } }) =>
    headers.get("x-user") ?? headers.get("x-session") ?? sessionOf(headers.get("cookie")) ?? false,
  origins: [MOUNT_ORIGIN],
  allowHeaders: ["x-session"],
  store: held(memoryStore()),
  onError: hears("error"),
  onRefusal: hears("refusal"),
});
