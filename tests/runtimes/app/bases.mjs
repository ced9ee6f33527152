// A relative base URL in a page with `<base>` and in a frame of `srcdoc`, which has no address: it
// resolves like a URL of `fetch`.
import { asked } from "./asked.mjs";

const inFrame = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data), { once: true }));
const frame = document.createElement("iframe");
frame.srcdoc = `<script type="module" src="${new URL("frame.mjs", import.meta.url)}"></script>`;
document.body.append(frame);

const failures = [];
for (const [where, { url, expected }] of [["page", await asked()], ["frame", await inFrame]]) {
  if (url !== expected || !url.endsWith("/deep/er/api/get-agent/a")) failures.push(`${where}: ${url}, not ${expected}`);
}
const to = new URLSearchParams(location.search).get("report");
const result = failures.length ? { failed: failures.join("; ") } : { passed: ["page", "frame"] };
await fetch(to, { method: "POST", body: JSON.stringify({ bases: result }) });
