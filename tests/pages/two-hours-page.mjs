// Runs in a browser: plays a recording for two hours of the sandbox's time, and reports.

const parameters = new URLSearchParams(location.search);
const SPEED = Number(parameters.get("speed"));
const TWO_HOURS = 2 * 3_600_000;
/** How often the position is looked at, in milliseconds. */
const TICK = 50;

// The page's clock runs as fast as the sandbox's; the sound plays at its own speed.
const { now } = Date;
const { setTimeout: realTimeout, setInterval: realInterval } = globalThis;
const openedAt = now();
Date.now = () => openedAt + (now() - openedAt) * SPEED;
globalThis.setTimeout = (callback, ms = 0, ...rest) => realTimeout(callback, ms / SPEED, ...rest);

const { Centerfy } = await import("centerfy");
const { recordingUrl } = await import("centerfy/recordings");

const audio = document.querySelector("audio");
const urls = new Set();
const problems = [];
new MutationObserver(() => urls.add(audio.src)).observe(audio, { attributes: true, attributeFilter: ["src"] });

/** Resolves once the element has played for two hours of the sandbox's time. */
const playback = () =>
  new Promise((done, failed) => {
    let startedAt;
    let position = 0;
    let gap = 0;
    let longest = 0;
    const look = () => {
      const { currentTime } = audio;
      if (startedAt === undefined) {
        if (!currentTime) return;
        startedAt = Date.now();
      }
      // While a new URL is loaded, the element is at 0.
      if (currentTime > position || (currentTime && currentTime < position - 1)) {
        if (currentTime < position - 1) problems.push(`it repeats from ${position} to ${currentTime}`);
        if (currentTime > position + 1 + (gap + TICK) / 1000 + 1) problems.push(`it skips from ${position} to ${currentTime}`);
        longest = Math.max(longest, gap);
        position = currentTime;
        gap = 0;
      } else gap += TICK;
      if (gap > 20_000) failed(new Error(`it stopped at ${position}: ${audio.error?.message ?? "no error"}, ${urls.size} URLs`));
      if (Date.now() - startedAt > TWO_HOURS && urls.size > 2) done({ longest, position });
    };
    // Ticks are counted, and not the time, so that a machine that has no time for the page opens no gap.
    realInterval(look, TICK);
  });

const report = (page) => fetch(parameters.get("report"), { method: "POST", body: JSON.stringify({ page }) });

try {
  const centerfy = new Centerfy({ proxy: "/api/centerfy", timeout: 0, attemptTimeout: 0 });
  recordingUrl(centerfy, parameters.get("call")).bind(audio, { onError: (error) => problems.push(String(error?.message ?? error)) });
  // An element without a URL cannot play yet.
  await new Promise((loaded) => audio.addEventListener("loadedmetadata", loaded, { once: true }));
  await audio.play();
  const { longest, position } = await playback();
  if (longest > 1_000) problems.push(`a gap of ${longest} ms`);
  await fetch(`/seen?${new URLSearchParams({ urls: urls.size, longest, position })}`);
  await report(problems.length ? { failed: problems.join("; ") } : { passed: ["two hours"] });
} catch (error) {
  await report({ failed: `${error}; ${problems.join("; ")}` });
}
