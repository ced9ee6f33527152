// A call in Rust, with the crate's typed client. Dependent fields are one enum there.

/** "getAgent" as "get_agent", or with another separator. */
export const apart = (name, sign) => name.replace(/[A-Z]/g, (letter) => sign + letter.toLowerCase());

export function rust({ operation, args }, connection) {
  const [given, ...lines] = ARGUMENTS[operation](...args);
  const auth = connection.hasKey && connection.auth !== "bearer";
  return `${imported([...lines, ...given])}use centerfy::{${auth ? "Auth, " : ""}CenterfyError, Client};

async fn example() -> Result<(), CenterfyError> {
${indented([...client(connection), ...lines, `let answer = client.${apart(operation, "_")}(${given.join(", ")}).await?;`, 'println!("{answer:?}");', "Ok(())"])}
}`;
}

const WIDEST = 100;
/** The `use` line for the types that `code` names outside of its strings. */
function imported(code) {
  const named = code.join("\n").replace(/"(\\.|[^"\\])*"/g, "").match(/\b[A-Z]\w+(?=::| \{)/g) ?? [];
  const types = [...new Set(named)].sort();
  const list = types.join(", ");
  const line = `use centerfy::types::${types.length > 1 ? `{${list}}` : list};\n`;
  if (types.length === 0) return "";
  return line.length <= WIDEST + 1 ? line : `use centerfy::types::{\n    ${list},\n};\n`;
}

function client({ baseUrl, auth, hasKey }) {
  const key = hasKey ? ['let key = std::env::var("CENTERFY_API_KEY").expect("CENTERFY_API_KEY is set");'] : [];
  if (!baseUrl && hasKey && auth === "bearer") return [...key, "let client = Client::new(key)?;"];
  return [...key, "let client = Client::builder()", ...[
    hasKey && ".api_key(key)",
    baseUrl && `.base_url(${text(baseUrl)})`,
    hasKey && auth !== "bearer" && ".auth(Auth::ApiKey)",
    ".build()?;",
  ].filter(Boolean).map((line) => `    ${line}`)];
}

const byId = (id) => [[text(id)]];

// Each function takes the operation's arguments and returns the call's arguments and the lines before it.
const ARGUMENTS = {
  getAgent: byId,
  archiveAgent: byId,
  getCallRecording: byId,
  createAgent: (request) => [["&request"],
    ...braces("let settings = AgentSettings", SETTINGS.map(([name, write]) => `${name}: ${write(request, name)},`)),
    ...scope(request),
    "let request = CreateAgentRequest::new(settings, scope);"],
  updateAgent: (id, patch) => [[text(id), "&patch"], ...change(patch)],
  makeAiCall: (id, request) => [[text(id), "&request"],
    ...scope(request), `let request = MakeAiCallRequest::new(${string(request, "contact_id")}, scope);`],
  getContactMessages: (id, query = {}) => [[text(id),
    `ContactMessagesQuery::new()${["limit", "offset"].filter((name) => query[name] !== undefined).map((name) => `.${name}(${query[name]})`).join("")}`]],
  sendMessage: (request) => [["&request"], ...parens("let request = SendMessageRequest::new", [
    string(request, "conversation_id"),
    `Channel::${capital(request.channel)}`,
    request.ai ? `Author::Agent(${owned(request, "agent_id")})` : "Author::AsWritten",
    string(request, "content"),
  ], request.message_id === undefined ? "" : `\n        .message_id(${text(request.message_id)})`)],
};

// A value of one of the enums. A missing field, which the client rejects, becomes a placeholder.
const NOISE = (values) => (values.background_noise ? `BackgroundNoise::On(${owned(values, "background_type")})` : "BackgroundNoise::Off");
const VOICEMAIL = (values) => {
  if (!values.voicemail_detection) return "Voicemail::Off";
  return values.voicemail_type === "hangup" ? "Voicemail::Hangup" : `Voicemail::LeaveMessage(${owned(values, "voicemail_message")})`;
};
const WEBHOOK = (values) => (values.webhook ? `Webhook::Url(${owned(values, "webhook_url")})` : "Webhook::Off");

const SETTINGS = [
  ["name", owned], ["voice_id", owned], ["max_duration", number], ["temperature", number], ["silence_timeout", number],
  ["voice_activity_timeout", number], ["llm_model", owned], ["language", owned], ["background_noise", NOISE],
  ["voicemail", VOICEMAIL], ["backcchanneling", flag], ["is_active", flag], ["webhook", WEBHOOK], ["recording", flag],
];

// Dependent fields have one setter for all of them; a patch may have only some of them.
const TOGETHER = /^(background|voicemail|webhook)/;
const isTogether = (name) => TOGETHER.test(name);

function change(patch) {
  const names = Object.keys(patch);
  const single = names.filter(isTogether);
  return [
    ...chained(`let ${single.length > 0 ? "mut " : ""}patch = UpdateAgentRequest::new()`,
      names.filter((name) => !isTogether(name)).map((name) => `.${name}(${value(patch, name, string)})`)),
    ...single.map((name) => `patch.${name} = Some(${value(patch, name, owned)});`),
  ];
}

const value = (patch, name, asText) => {
  if (name === "voicemail_type") return `VoicemailType::${capital(patch[name])}`;
  return { boolean: flag, number }[typeof patch[name]]?.(patch, name) ?? asText(patch, name);
};

const scope = (request) => braces("let scope = Scope",
  ["organization_id", "sub_account_id"].map((name) => `${name}: ${owned(request, name)},`));

const missing = (name) => `todo!(${text(name)})`;
function string(values, name) { return typeof values[name] === "string" ? text(values[name]) : missing(name); }
function owned(values, name) { return typeof values[name] === "string" ? `${text(values[name])}.into()` : missing(name); }
function flag(values, name) { return typeof values[name] === "boolean" ? String(values[name]) : missing(name); }
// An integer needs a decimal point in Rust where a float is expected.
function number(values, name) {
  const value = values[name];
  if (typeof value !== "number") return missing(name);
  return /^-?\d+$/.test(value) ? `${value}.0` : String(value);
}

const capital = (value) => String(value).split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
const braces = (start, lines) => [`${start} {`, ...lines.map((line) => `    ${line}`), "};"];
const parens = (start, values, end) => [`${start}(`, ...values.map((value) => `    ${value},`), `)${end};`];
const chained = (start, calls) => (calls.length < 2 ? [`${start}${calls.join("")};`]
  : [start, ...calls.map((call) => `    ${call}`)].map((line, index) => (index === calls.length ? `${line};` : line)));
const indented = (lines) => lines.map((line) => `    ${line}`).join("\n");

// Invisible characters are escaped; the compiler rejects bidirectional control characters.
function text(value) {
  const escaped = String(value).toWellFormed().replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n")
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`);
  return `"${escaped}"`;
}
