/** Runs set-ups concurrently. */

/** How many of each sort run at once: those that compute have two cores, and those that mostly wait need little of them. */
const LANES = { computes: 2, waits: 1 };

const laneOf = ({ waits }) => (waits ? "waits" : "computes");

/** WebKit's displays: two processes that look for a free one at the same time find the same. */
const DISPLAY = "xvfb";

const sharedBy = ({ shares, needs }) => shares ?? (needs.debian?.includes(DISPLAY) ? DISPLAY : undefined);

/**
 * Runs all set-ups, each as soon as a lane of its sort is free, in their order. Of those that share
 * something, such as a server, one runs at a time.
 */
export const inLanes = async (setups, run) => {
  const waiting = [...setups];
  const running = new Map();
  const canStart = (setup) => {
    const now = [...running.values()];
    const inLane = now.filter((other) => laneOf(other) === laneOf(setup)).length;
    const shared = sharedBy(setup);
    return inLane < LANES[laneOf(setup)] && !(shared && now.some((other) => sharedBy(other) === shared));
  };
  const start = (setup) => {
    waiting.splice(waiting.indexOf(setup), 1);
    const ended = run(setup).finally(() => running.delete(ended));
    running.set(ended, setup);
  };
  while (waiting.length || running.size) {
    for (let next = waiting.find(canStart); next; next = waiting.find(canStart)) start(next);
    await Promise.race(running.keys());
  }
};
