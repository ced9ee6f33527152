// The header, the parts of the page, the settings.

export const title = "centerfy demo";
export const newAgentTitle = "New agent";
export const place = {
  sandbox: "Sandbox",
  nobody: "No real calls or messages",
  real: "Calls and messages reach real people",
  throughProxy: "Your proxy: calls and messages reach real people",
};
export const noPackage = {
  title: "Package not found",
  needs: "The page loads the npm package from pkg/index.js. This serves both:",
  command: "cargo xtask demo",
};
export const keyNeeded = "Enter the key again";
export const keyNeededWhy = "The key is kept in memory only, so enter it at each visit.";
export const settings = {
  title: "Settings",
  connect: "Connect",
  connecting: "Connecting…",
  connected: "Connected",
  kind: "Where agents, calls and messages go",
  kinds: { sandbox: "Sandbox", api: "API", proxy: "Your proxy" },
  sandboxHint: "The whole API, with sample agents and contacts. No real calls or messages.",
  baseUrl: "Base URL",
  baseUrlHint: "The key is sent only there.",
  apiKey: "API key",
  apiKeyHint: "Kept in memory only.",
  keepKey: "Keep the key for this tab. Anyone who uses the tab can read it.",
  auth: "Send the key as",
  proxy: "Address of the proxy",
  proxyHint: "Path or URL of a centerfy/proxy, which has the key.",
  cookies: "Send the cookies of the proxy’s site, which identify the user.",
  organization: "Organization id",
  organizationHint: "Prefilled for new agents and calls.",
  subAccount: "Sub-account id",
  forNewTabs: "Use this connection in new tabs. Open tabs keep theirs.",
  addressMissing: "Enter the address.",
  addressWrong: {
    scheme: (kind) => `Start it with https://${kind === "proxy" ? ", or with / for a path on this page’s host" : ""}.`,
    path: () => "This path leads to another host. Start the address with https://.",
  },
  keyMissing: "The API requires a key.",
  keyBroken: "A key has no spaces, quotes or special characters. Copy it again.",
  // The outcome of the read that tries a connection.
  trial: {
    keyRefused: (host, said) => `${host} did not accept the key${said ? ` (${said})` : ""}. Check that you copied the whole key.`,
    pathTooLong: (url) => `The base URL does not include an operation. Use ${url}`,
    silent: {
      api: (host) => `No answer from ${host}. Check the address and the network. The server may also not allow this page (CORS).`,
      proxy: (host, origin) => `No answer from ${host}. Check the address and the network. If it is a centerfy/proxy, add ${origin} to its origins.`,
    },
    other: {
      api: (host, url) => `${host} answers, but not as the Centerfy API. Check the base URL; the API’s own is ${url}`,
      proxy: (host) => `${host} answers, but not as a centerfy/proxy. Check the address.`,
    },
    failed: (host, said) => `${host} failed: ${said}. Try again in a moment.`,
  },
};
