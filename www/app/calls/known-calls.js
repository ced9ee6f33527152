// The remembered calls. The API answers the start of a call without the call's id, so such a call has
// a temporary name until a person enters the id.

import { forget, remember } from "../directory.js";
import { store } from "../store.js";

const WITHOUT_ID = "started:";
export const MAYBE = "may_have_started";
const RECORDED = "recorded";
const RUNNING = ["call_initiated", "in_progress"];

export const hasId = ({ call_id }) => !call_id.startsWith(WITHOUT_ID);
/** Whether it is in progress, as far as is known. */
export const isRunning = (entry) => hasId(entry) && RUNNING.includes(entry.status);

// For so long after its start, a call may still be in progress without the page knowing.
const RECENT = 10 * 60_000;

/** When the last call to the contact was started, if it may still be in progress. */
export function startedLately(contactId) {
  const { calls = [] } = store.get("directory") ?? {};
  const times = calls.filter((entry) => entry.contact_id === contactId && (isRunning(entry) || !hasId(entry)))
    .map(({ started_at }) => Date.parse(started_at)).filter((at) => Date.now() - at < RECENT);
  return times.length > 0 ? Math.max(...times) : null;
}

/** Remembers a call that was started, or may have been; only the API's answer is known. */
export function rememberStarted({ contactId, agentId, agentName, status }) {
  // The sandbox lists its calls itself.
  if (store.get("directory")?.isSandbox) return;
  const started_at = new Date().toISOString();
  remember("calls", { call_id: `${WITHOUT_ID}${started_at}`, contact_id: contactId, agent_id: agentId, agent_name: agentName, status, started_at });
}

/** Remembers the call of a recording that was found. `entry` is the call without an id that it belongs to. */
export function rememberFound(found, contactId, entry) {
  const { call_id, call_sid } = found;
  const known = store.get("directory")?.calls.find((other) => other.call_id === call_id);
  if (entry) forget("calls", entry.call_id);
  remember("calls", { ...(known ? {} : { contact_id: contactId, status: RECORDED }), ...(entry && withoutId(entry)), call_id, call_sid });
}

const withoutId = ({ contact_id, agent_id, agent_name, started_at }) =>
  ({ contact_id, agent_id, agent_name, started_at, status: RECORDED });
