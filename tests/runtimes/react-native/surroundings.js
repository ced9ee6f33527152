/**
 * The globals of React Native that the package uses, in addition to the engine. The engine's own timers
 * do not wait, so here they repeat until the time has come.
 */
const turn = setTimeout;
let timers = [];

globalThis.performance = { now: () => Date.now() };

globalThis.setTimeout = (run, ms = 0, ...args) => {
  const timer = { at: Date.now() + ms, run: () => run(...args) };
  timers.push(timer);
  turn(() => ask(timer), 0);
  return timer;
};

globalThis.clearTimeout = (timer) => {
  timers = timers.filter((other) => other !== timer);
};

const ask = (timer) => {
  if (!timers.includes(timer)) return;
  if (Date.now() < timer.at) return void turn(() => ask(timer), 0);
  clearTimeout(timer);
  timer.run();
};

// `for await` needs it, and the Hermes of this test does not have it.
Symbol.asyncIterator ??= Symbol("Symbol.asyncIterator");

globalThis.AbortController = class {
  signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
  abort() {
    this.signal.aborted = true;
  }
};

globalThis.URL = class {
  constructor(href) {
    this.href = href;
  }
};
