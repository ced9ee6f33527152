/** The browsers of the machine, each opened with an empty profile for one page. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeReport } from "./pages.mjs";
import { run, serve } from "./processes.mjs";
import { passed } from "./results.mjs";
import { onPath } from "./tools.mjs";

/** The flags for Chromium without a display, as root, on a machine without a network. */
export const CHROMIUM = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // A script is not a user gesture that would allow sound.
  "--autoplay-policy=no-user-gesture-required",
];

/** Keeps Firefox from opening its own pages and from contacting Mozilla. */
const FIREFOX = {
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

const MINI_BROWSER = ["x86_64", "aarch64"].flatMap((cpu) =>
  ["4.1", "4.0"].map((api) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${api}/MiniBrowser`),
);

/** Finds each browser, and opens it at a URL with a profile folder. */
export const browsers = {
  chromium: {
    title: "Chromium",
    debian: ["chromium"],
    async find() {
      const named = process.env.CHROMIUM ? [process.env.CHROMIUM] : [];
      const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
      return named[0] ?? onPath(names, this.debian, ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]);
    },
    version: (binary) => run(binary, ["--version"]),
    command: async (binary, profile, url) => [binary, [...CHROMIUM, `--user-data-dir=${profile}`, url]],
  },
  firefox: {
    title: "Firefox",
    debian: ["firefox-esr"],
    find() {
      return onPath(["firefox-esr", "firefox"], this.debian, ["/Applications/Firefox.app/Contents/MacOS/firefox"]);
    },
    version: (binary) => run(binary, ["--version"]),
    async command(binary, profile, url) {
      const lines = Object.entries(FIREFOX).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
      await writeFile(join(profile, "user.js"), lines.join(""));
      return [binary, ["--headless", "--no-remote", "--profile", profile, url], { HOME: profile }];
    },
  },
  webkit: {
    title: "WebKitGTK",
    debian: ["webkit2gtk-driver", "xvfb", "xauth"],
    find() {
      return onPath(["MiniBrowser"], this.debian, MINI_BROWSER);
    },
    async version(binary) {
      return run(await this.display(), ["-a", binary, "--version"]);
    },
    /** It has no headless mode, so it gets a virtual display. */
    display() {
      return onPath(["xvfb-run"], this.debian);
    },
    async command(binary, profile, url) {
      const xvfb = await this.display();
      const home = { HOME: profile, XDG_DATA_HOME: profile, XDG_CACHE_HOME: profile, XDG_RUNTIME_DIR: profile };
      return [xvfb, ["-a", binary, url], { ...home, LIBGL_ALWAYS_SOFTWARE: "1" }];
    },
  },
};

/** A browser's name and version. */
export const versionOf = async (browser) => {
  const said = await browser.version(await browser.find());
  return `${browser.title} ${said.match(/\d+(\.\d+)+/)[0]}`;
};

/** Opens a page. Resolves to the number of steps that passed in each context that it reports. */
export const look = async (browser, url, { seconds = 90 } = {}) => {
  const binary = await browser.find();
  const profile = await mkdtemp(join(tmpdir(), "centerfy-browser-"));
  const { report, url: to, close } = await takeReport();
  const place = `${url}${url.includes("?") ? "&" : "?"}report=${encodeURIComponent(to)}`;
  let timer;
  let opened;
  try {
    const [command, args, env] = await browser.command(binary, profile, place);
    opened = await serve(command, args, { ready: /^/, env });
    const late = new Promise((_, reject) => {
      const give = () => reject(new Error(`the page did not report in ${seconds} s; ${opened.output.all.slice(-1500)}`));
      timer = setTimeout(give, seconds * 1000);
    });
    const result = await Promise.race([report, late]);
    const counts = Object.entries(result).map(([name, made]) => `${name} ${passed(made, `in the ${name}: `)}`);
    return counts.join(", ");
  } finally {
    clearTimeout(timer);
    await opened?.stop();
    close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
};
