// Writes a call as the JavaScript that makes it.

/** `snippet("getAgent", ["a"])` is `await centerfy.getAgent("a");`. */
export function snippet(operation, args) {
  return `await centerfy.${operation}(${args.map((value) => literal(value, "")).join(", ")});`;
}

function literal(value, indent) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  const entries = Object.entries(value);
  const oneLine = `{ ${entries.map(([name, item]) => `${key(name)}: ${literal(item, indent)}`).join(", ")} }`;
  if (oneLine.length <= 56) return oneLine;
  const inner = `${indent}  `;
  return `{\n${entries.map(([name, item]) => `${inner}${key(name)}: ${literal(item, inner)},`).join("\n")}\n${indent}}`;
}

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
