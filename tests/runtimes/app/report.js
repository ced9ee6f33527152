// A classic script, so that it runs where nothing else does: tells the runner what went wrong with
// the page itself. The page's own script says how the scenario ended.
const tell = (failed) => {
  const to = new URLSearchParams(location.search).get("report");
  navigator.sendBeacon(to, JSON.stringify({ page: { failed } }));
};
addEventListener("error", (event) => tell(`error: ${event.message || "cannot load " + (event.target.src ?? "")}`), true);
addEventListener("unhandledrejection", (event) => tell(`unhandled rejection: ${event.reason?.stack ?? event.reason}`));
document.addEventListener("securitypolicyviolation", (event) => {
  // Refusing wasm is what one page is about: there the call itself says so.
  if (event.blockedURI === "wasm-eval") return;
  tell(`the content security policy refused ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`);
});
