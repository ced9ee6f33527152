/** What clients send when calls fail: whether an operation may be executed twice, and whether a limit is respected. */
import { runtimes } from "./calls/runtimes.mjs";

const TITLES = {
  centerfy: "centerfy",
  wretch: "wretch 3.0 with retries",
  ofetch: "ofetch 1.5",
  "ky-1": "ky 1.14",
  "ky-2": "ky 2.1",
  retell: "Retell SDK 5.66",
  vapi: "Vapi server SDK 2.0",
  stripe: "Stripe 23",
  openai: "openai 7",
};

/** A second that the server requested, within the precision of clocks and timers. */
const A_SECOND = 990;

const waits = ({ sent, leastWait }) => (sent === 1 ? "" : leastWait >= A_SECOND ? "yes" : "no");

export const habits = async () => {
  const data = await runtimes.node.run("habits/entry.mjs", {});
  const rows = Object.entries(TITLES).map(([client, title]) => {
    const { 503: busy, 429: limited, lost, html } = data[client];
    return [
      title,
      busy.createAgent.sent,
      lost.createAgent.sent,
      limited.createAgent.sent,
      limited.getAgent.sent,
      waits(limited.getAgent),
      html.getAgent.ended,
    ];
  });
  return {
    data,
    table: {
      title: "How often a call that fails is sent, at each client's defaults",
      head: ["", "POST, 503", "POST, connection lost", "POST, 429", "GET, 429", "waits the second it is asked to", "HTML is an"],
      rows,
      notes: [
        "A POST that is sent again after a 503 or a lost connection may be executed twice; after a 429 it was not",
        "executed. Stripe's API recognizes a repeated POST by its idempotency key.",
      ],
    },
  };
};
