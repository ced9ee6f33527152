// A call as a curl command.

import { apart } from "./snippet-rust.js";

const methodOf = (operation) => (operation.startsWith("get") ? "GET" : operation === "updateAgent" ? "PUT" : "POST");
/** All other operations have an id at the end of their path. */
const WITHOUT_ID = ["createAgent", "archiveAgent", "sendMessage"];
/** The API itself, the clients' default. */
export const API = "https://crmwebhook.com/functions/v1/crm-api";
const HEADERS = { "x-api-key": "x-api-key: $CENTERFY_API_KEY", bearer: "Authorization: Bearer $CENTERFY_API_KEY" };

export function curl({ operation, args }, { baseUrl = API, auth, hasKey }) {
  const method = methodOf(operation);
  const body = method === "GET" ? undefined : operation === "archiveAgent" ? { agent_id: args[0] } : args.at(-1);
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(address(`${baseUrl.replace(/\/+$/, "")}/${apart(operation, "-")}`, operation, args))}`,
    // In double quotes, so that the shell expands the key.
    hasKey && `-H "${HEADERS[auth] ?? HEADERS.bearer}"`,
    body && "-H 'Content-Type: application/json'",
    body && `-d ${quoted(JSON.stringify(body, null, 2))}`,
  ].filter(Boolean).join(" \\\n  ");
}

function address(start, operation, args) {
  const id = WITHOUT_ID.includes(operation) ? "" : `/${encodeURIComponent(String(args[0]).toWellFormed())}`;
  const query = operation === "getContactMessages" ? new URLSearchParams(args[1]).toString() : "";
  return `${start}${id}${query && `?${query}`}`;
}

// A shell expands nothing in single quotes; a quote itself is closed, escaped and reopened.
const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
