// A call in TypeScript, with the npm package.

const RESULTS = {
  getAgent: "agent", createAgent: "agent", updateAgent: "agent", archiveAgent: "archived",
  makeAiCall: "call", getCallRecording: "recording", getContactMessages: "page", sendMessage: "sent",
};

export function typescript({ operation, args }, { baseUrl, auth, hasKey, proxied }) {
  const options = [
    hasKey && "apiKey: process.env.CENTERFY_API_KEY",
    baseUrl && `${proxied ? "proxy" : "baseUrl"}: ${JSON.stringify(baseUrl)}`,
    hasKey && auth !== "bearer" && `auth: ${JSON.stringify(auth)}`,
  ].filter(Boolean);
  const given = args.map((value) => literal(value, "")).join(", ");
  return `import { Centerfy } from "centerfy";

const centerfy = new Centerfy(${inBraces(options, "", 56)});
const ${RESULTS[operation]} = await centerfy.${operation}(${given});
console.log(${RESULTS[operation]});`;
}

function literal(value, indent) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  return inBraces(Object.entries(value).map(([name, item]) => `${key(name)}: ${literal(item, inner)}`), indent, 56);
}

function inBraces(parts, indent, longest) {
  const oneLine = parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  if (oneLine.length <= longest && !oneLine.includes("\n")) return oneLine;
  return `{\n${parts.map((part) => `${indent}  ${part},`).join("\n")}\n${indent}}`;
}

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
