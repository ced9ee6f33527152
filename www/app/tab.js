// Whether what this tab's storage holds is its own. A duplicated tab has a copy of the storage, and
// must not send what the other tab is sending.

import { clearTab, randomId, read, tabStore, write } from "./connection.js";

const TAB = "centerfy-demo:tab";
/** So long, in milliseconds, a page that was loaded again may wait for the page before it to be gone. */
const PATIENCE = 1_000;

/** What the storage of the tab that this one is a copy of held, by name; else null. */
export let copied = null;

/** Settles whose the outboxes and drafts in this tab's storage are: a copy starts without them. */
export async function ownTab(names) {
  const before = read(tabStore, TAB);
  const held = names();
  // Without anything to own, there is nothing to ask.
  if (before && held.length > 0) {
    if (await claim(before)) return;
    copied = clearTab(held);
  }
  const id = randomId();
  write(tabStore, TAB, id);
  await claim(id);
}

/** Takes the name `id` for as long as this page lives; false where another page has it. */
const claim = (id) => (navigator.locks ? lock(id) : ask(id));

const lock = (id) => new Promise((resolve) => {
  navigator.locks.request(`${TAB}:${id}`, { signal: AbortSignal.timeout(PATIENCE) }, () => {
    resolve(true);
    return new Promise(() => {});
  }).catch(() => resolve(false));
});

// Hosts without TLS have no locks: the page that has the name answers.
function ask(id) {
  const channel = new BroadcastChannel(TAB);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), PATIENCE / 2);
    channel.onmessage = ({ data }) => {
      if (data.asks === id) channel.postMessage({ has: id });
      if (data.has !== id) return;
      clearTimeout(timer);
      channel.close();
      resolve(false);
    };
    channel.postMessage({ asks: id });
  });
}
