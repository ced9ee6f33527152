/** The first response in a new process: import, client, call. Prints the duration in milliseconds. */
import { always } from "../../support/fetch.mjs";

const key = "key";
const base = "https://crm.example";
const fetch = always({ id: "id" });

/** By client, as its users start it. The second argument is the path of the package. */
const FIRST_ANSWER = {
  async centerfy() {
    const { Centerfy } = await import(process.argv[3]);
    return new Centerfy({ apiKey: key, fetch }).getAgent("id");
  },
  async "ky-1"() {
    const { default: ky } = await import("ky-1");
    return ky.create({ prefixUrl: base, headers: { "x-api-key": key }, fetch }).get("get-agent/id").json();
  },
  async retell() {
    const { default: Retell } = await import("retell-sdk");
    return new Retell({ apiKey: key, fetch }).agent.retrieve("id");
  },
  async openai() {
    const { default: OpenAI } = await import("openai");
    return new OpenAI({ apiKey: key, fetch }).models.retrieve("id");
  },
  async stripe() {
    const { default: Stripe } = await import("stripe");
    const httpClient = Stripe.createFetchHttpClient(fetch);
    return new Stripe(key, { httpClient, telemetry: false }).customers.retrieve("id");
  },
  async vapi() {
    const { VapiClient } = await import("@vapi-ai/server-sdk");
    return new VapiClient({ token: key, fetch }).assistants.get({ id: "id" });
  },
};

// Node's own work for its first Response is not the client's.
await new Response("{}").text();
await new Promise((resolve) => setTimeout(resolve, 60));

const start = performance.now();
const { id } = await FIRST_ANSWER[process.argv[2]]();
const took = performance.now() - start;
if (id !== "id") throw new Error(`the answer was ${id}`);
console.log(took);
process.exit();
