/** Generic fetch libraries, as an app would use them for this API. */
import ky1 from "ky-1";
import ky2 from "ky-2";
import { createFetch } from "ofetch";
import wretch from "wretch";
import abort from "wretch/addons/abort";
import { retry } from "wretch/middlewares";
import { base, id, key, request } from "./stub.mjs";

const headers = { "x-api-key": key };

const ky = (client) => ({
  getAgent: () => client.get(`get-agent/${id}`).json(),
  getContactMessages: () => client.get(`get-contact-messages/${id}`, { searchParams: { limit: 200 } }).json(),
  createAgent: () => client.post("create-agent", { json: request }).json(),
});

export const kyOne = (fetch) => ky(ky1.create({ prefixUrl: base, headers, fetch }));

export const kyTwo = (fetch) => ky(ky2.create({ prefix: base, headers, fetch }));

export const ofetch = (fetch) => {
  const client = createFetch({ fetch, defaults: { baseURL: base, headers, timeout: 30_000 } });
  return {
    getAgent: () => client(`/get-agent/${id}`),
    getContactMessages: () => client(`/get-contact-messages/${id}`, { query: { limit: 200 } }),
    createAgent: () => client("/create-agent", { method: "POST", body: request }),
  };
};

export const wretchClient = (fetch) => {
  const client = wretch(base)
    .fetchPolyfill(fetch)
    .headers(headers)
    .addon(abort())
    .middlewares([retry({ maxAttempts: 2 })]);
  return {
    getAgent: () => client.get(`/get-agent/${id}`).setTimeout(30_000).json(),
    getContactMessages: () => client.get(`/get-contact-messages/${id}?limit=200`).setTimeout(30_000).json(),
    createAgent: () => client.url("/create-agent").post(request).setTimeout(30_000).json(),
  };
};
