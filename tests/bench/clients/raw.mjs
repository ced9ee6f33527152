import { base, id, key, request } from "./stub.mjs";

/** Code without any client: fetch, a key, a timeout. */
export const raw = (fetch) => {
  const send = async (method, path, body) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    try {
      const headers = { accept: "application/json", "x-api-key": key };
      if (body) headers["content-type"] = "application/json";
      const response = await fetch(base + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: controller.signal,
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    getAgent: () => send("GET", `/get-agent/${encodeURIComponent(id)}`),
    getContactMessages: () => send("GET", `/get-contact-messages/${encodeURIComponent(id)}?limit=200`),
    createAgent: () => send("POST", "/create-agent", request),
  };
};
