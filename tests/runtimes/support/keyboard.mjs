/**
 * A browser that is driven by real keys. The key events of scripts are not trusted, so this uses
 * WebDriver: Chromium and WebKit have a program for it, Firefox supports it directly.
 */
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "./processes.mjs";
import { onPath } from "./tools.mjs";

const NOWHERE = "about:blank";
/** WebDriver's codes for keys that are not letters. */
export const KEYS = { Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Escape: "\uE00C", ArrowRight: "\uE014", End: "\uE010" };

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
};

/** A driver that listens on a port. Returns `ask(command, parameters)` for one of its sessions. */
const overHttp = async (port, capabilities) => {
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/session${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.message ?? response.status}`);
    return value;
  };
  const { sessionId } = await send("POST", "", { capabilities: { alwaysMatch: capabilities } });
  const paths = { Navigate: "url", ExecuteScript: "execute/sync", PerformActions: "actions" };
  return (command, parameters) => send("POST", `/${sessionId}/${paths[command]}`, parameters);
};

/** The same, spoken with Firefox itself: `length:[0, number, command, parameters]`, and back `[1, number, error, value]`. */
const overMarionette = async (port) => {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map();
  let bytes = Buffer.alloc(0);
  socket.on("data", (part) => {
    bytes = Buffer.concat([bytes, part]);
    for (;;) {
      const start = bytes.indexOf(":") + 1;
      const end = start + Number(bytes.subarray(0, start - 1));
      if (start === 0 || bytes.length < end) return;
      const message = JSON.parse(bytes.subarray(start, end).toString());
      bytes = bytes.subarray(end);
      // The first message is a greeting.
      if (Array.isArray(message)) waiting.get(message[1])?.(message);
    }
  });
  let count = 0;
  const ask = async (command, parameters) => {
    const message = JSON.stringify([0, (count += 1), `WebDriver:${command}`, parameters]);
    const answer = new Promise((resolve) => waiting.set(count, resolve));
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    const [, , error, value] = await answer;
    if (error) throw new Error(`Marionette ${command}: ${error.message}`);
    return value?.value === undefined ? value : value.value;
  };
  await ask("NewSession", { capabilities: { alwaysMatch: {} } });
  return ask;
};

const waitForFile = async (path) => {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((next) => setTimeout(next, 50))) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (text) return text;
  }
  throw new Error(`${path} was not written`);
};

const openers = {
  async chromium(browser, binary, profile) {
    const driver = process.env.CHROMEDRIVER || (await onPath(["chromedriver"], ["chromium-driver"]));
    const [, args] = await browser.command(binary, profile, NOWHERE);
    const { match, stop } = await serve(driver, ["--port=0"], { ready: /successfully on port (\d+)/ });
    const options = { binary, args: args.slice(0, -1) };
    return { ask: await overHttp(match[1], { browserName: "chrome", "goog:chromeOptions": options }), stop };
  },
  async firefox(browser, binary, profile) {
    const [command, args, env] = await browser.command(binary, profile, NOWHERE);
    await appendFile(join(profile, "user.js"), 'user_pref("marionette.port", 0);\n');
    const { stop } = await serve(command, ["--marionette", ...args], { ready: /^/, env });
    return { ask: await overMarionette(Number(await waitForFile(join(profile, "MarionetteActivePort")))), stop };
  },
  async webkit(browser, binary, profile) {
    const [xvfb, , env] = await browser.command(binary, profile, NOWHERE);
    const driver = await onPath(["WebKitWebDriver"], browser.debian);
    const port = await freePort();
    const { stop } = await serve(xvfb, ["-a", driver, `--port=${port}`], { ready: /^/, env });
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((next) => setTimeout(next, 50))) {
      if (await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined)) break;
    }
    return { ask: await overHttp(port, { "webkitgtk:browserOptions": { binary, args: ["--automation"] } }), stop };
  },
};

/** Opens the browser. Resolves to `go(url)`, `run(script)`, `press(key, held)`, `type(text)` and `close()`. */
export const openWithKeys = async (name, browser) => {
  const binary = await browser.find();
  const profile = await mkdtemp(join(tmpdir(), "centerfy-keys-"));
  const { ask, stop } = await openers[name](browser, binary, profile);
  const down = (value) => ({ type: "keyDown", value });
  const up = (value) => ({ type: "keyUp", value });
  const act = (actions) => ask("PerformActions", { actions: [{ type: "key", id: "keys", actions }] });
  return {
    go: (url) => ask("Navigate", { url }),
    run: (script) => ask("ExecuteScript", { script, args: [] }),
    press: (key, held = []) => act([...held, key].map((it) => down(KEYS[it])).concat([key, ...held].map((it) => up(KEYS[it])))),
    type: (text) => act([...text].flatMap((letter) => [down(letter), up(letter)])),
    async close() {
      await stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};
