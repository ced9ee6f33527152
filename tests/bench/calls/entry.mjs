/** What is bundled and run in each runtime. */
import { centerfy } from "../clients/centerfy.mjs";
import { handwritten } from "../clients/handwritten.mjs";
import { kyClient, openai, retell, stripe, vapi } from "../clients/peers.mjs";
import { raw } from "../clients/raw.mjs";
import { operations } from "../clients/stub.mjs";
import { measure } from "./measure.mjs";

const clients = { raw, centerfy, handwritten, retell, vapi, stripe, openai, ky: kyClient };

export const run = (settings) => measure(clients, operations, settings);
