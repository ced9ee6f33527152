/** Clients of other APIs, each with its most similar call. Their inputs are the same. */
import { VapiClient } from "@vapi-ai/server-sdk";
import OpenAI from "openai";
import Retell from "retell-sdk";
import Stripe from "stripe";
import { base, id, key, request } from "./stub.mjs";

export const retell = (fetch) => {
  const client = new Retell({ apiKey: key, baseURL: base, fetch });
  return {
    getAgent: () => client.agent.retrieve(id),
    getContactMessages: () => client.call.retrieve(id),
    createAgent: () => client.agent.create(request),
  };
};

export const vapi = (fetch) => {
  const client = new VapiClient({ token: key, baseUrl: base, fetch });
  return {
    getAgent: () => client.assistants.get({ id }),
    getContactMessages: () => client.calls.get({ id }),
    createAgent: () => client.assistants.create(request),
  };
};

export const stripe = (fetch) => {
  const client = new Stripe(key, { httpClient: Stripe.createFetchHttpClient(fetch), telemetry: false });
  return {
    getAgent: () => client.customers.retrieve(id),
    getContactMessages: () => client.customers.retrieve(id),
    createAgent: () => client.customers.create(request),
  };
};

export const openai = (fetch) => {
  const client = new OpenAI({ apiKey: key, baseURL: base, fetch, dangerouslyAllowBrowser: true });
  return {
    getAgent: () => client.models.retrieve(id),
    getContactMessages: () => client.batches.retrieve(id),
    createAgent: () => client.batches.create(request),
  };
};
