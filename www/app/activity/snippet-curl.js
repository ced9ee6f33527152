// A call as a line for a shell, with curl.

// Verb and path, whether the first argument ends the path, and where the rest goes.
const REQUESTS = {
  getAgent: ["GET", "get-agent"],
  createAgent: ["POST", "create-agent"],
  updateAgent: ["PUT", "update-agent"],
  archiveAgent: ["POST", "archive-agent"],
  makeAiCall: ["POST", "make-ai-call"],
  getCallRecording: ["GET", "get-call-recording"],
  getContactMessages: ["GET", "get-contact-messages"],
  sendMessage: ["POST", "send-message"],
};
const WITHOUT_ID = ["createAgent", "archiveAgent", "sendMessage"];
/** The API itself, which the clients take where nothing is said. */
export const API = "https://crmwebhook.com/functions/v1/crm-api";
const HEADERS = { "x-api-key": "x-api-key: $CENTERFY_API_KEY", bearer: "Authorization: Bearer $CENTERFY_API_KEY" };

export function curl({ operation, args }, { baseUrl = API, auth, hasKey }) {
  const [method, path] = REQUESTS[operation];
  const body = method === "GET" ? undefined : operation === "archiveAgent" ? { agent_id: args[0] } : args.at(-1);
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(address(`${baseUrl.replace(/\/+$/, "")}/${path}`, operation, args))}`,
    // In double quotes, so that the shell puts the key in.
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

// Between single quotes a shell changes nothing; the quote itself stands between two such texts.
const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
