// A classic script, which runs even if no module does: it reports errors of the page itself. The
// page's own script reports the result of the scenario.
const tell = (failed) => {
  const to = new URLSearchParams(location.search).get("report");
  navigator.sendBeacon(to, JSON.stringify({ page: { failed } }));
};
addEventListener("error", (event) => tell(`error: ${event.message || "cannot load " + (event.target.src ?? "")}`), true);
addEventListener("unhandledrejection", (event) => tell(`unhandled rejection: ${event.reason?.stack ?? event.reason}`));
document.addEventListener("securitypolicyviolation", (event) => {
  // One page tests a refusal of wasm: there the call's own error says so.
  if (event.blockedURI === "wasm-eval") return;
  tell(`the content security policy refused ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`);
});
