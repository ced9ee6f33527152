// Detects a duplicated tab. It has a copy of the original's session storage, and must not send the
// original's messages.

import { clearTab, randomId, read, tabStore, write } from "./connection.js";

const TAB = "centerfy-demo:tab";
/** Milliseconds that a page waits for the previous page in the same tab to end. */
const PATIENCE = 1_000;
/** The same after a reload, which is not a duplicate: losing its drafts would be worse than waiting. */
const PATIENCE_AFTER_RELOAD = 10_000;

/** The storage of the original tab, by name, if this tab is a copy; otherwise null. */
export let copied = null;

let owning;
/** Decides once whether this tab owns the outboxes and drafts in its storage: a copy starts without them. */
export const ownTab = (names) => (owning ??= decide(names));

async function decide(names) {
  const before = read(tabStore, TAB);
  const held = names();
  // Without outboxes and drafts there is nothing to decide.
  if (before && held.length > 0) {
    if (await claim(before)) return;
    copied = clearTab(held);
  }
  const id = randomId();
  write(tabStore, TAB, id);
  await claim(id);
}

/** Holds the name `id` for the lifetime of this page; false if another page holds it. */
const claim = (id) => (navigator.locks ? lock(id) : ask(id));

const lock = (id) => new Promise((resolve) => {
  const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
  navigator.locks.request(`${TAB}:${id}`, { signal: AbortSignal.timeout(isReload ? PATIENCE_AFTER_RELOAD : PATIENCE) }, () => {
    resolve(true);
    return new Promise(() => {});
  }).catch(() => resolve(false));
});

// Without TLS there are no locks: the page that holds the name answers.
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
