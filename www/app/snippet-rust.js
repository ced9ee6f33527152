// A call in Rust, with the crate's typed client. Fields that hang together are one enum there.

const METHODS = {
  getAgent: "get_agent", createAgent: "create_agent", updateAgent: "update_agent", archiveAgent: "archive_agent",
  makeAiCall: "make_ai_call", getCallRecording: "get_call_recording",
  getContactMessages: "get_contact_messages", sendMessage: "send_message",
};

export function rust({ operation, args }, connection) {
  const { lines, given, types } = ARGUMENTS[operation](...args);
  const auth = connection.hasKey && connection.auth !== "bearer";
  return `${types.length > 0 ? `${imported(types.sort())}\n` : ""}use centerfy::{${auth ? "Auth, " : ""}CenterfyError, Client};

async fn example() -> Result<(), CenterfyError> {
${indented([...client(connection), ...lines, `let answer = client.${METHODS[operation]}(${given.join(", ")}).await?;`, 'println!("{answer:?}");', "Ok(())"])}
}`;
}

const WIDEST = 100;
function imported(types) {
  if (types.length === 1) return `use centerfy::types::${types[0]};`;
  const list = types.join(", ");
  const line = `use centerfy::types::{${list}};`;
  return line.length <= WIDEST ? line : `use centerfy::types::{\n    ${list},\n};`;
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

const byId = (id) => ({ lines: [], given: [text(id)], types: [] });

// Each takes what the operation takes, and gives the lines before the call and what is given to it.
const ARGUMENTS = {
  getAgent: byId,
  archiveAgent: byId,
  getCallRecording: byId,
  createAgent: (request) => ({
    lines: [
      ...braces("let settings = AgentSettings", SETTINGS.map(([name, write]) => `${name}: ${write(request, name)},`)),
      ...scope(request),
      "let request = CreateAgentRequest::new(settings, scope);",
    ],
    given: ["&request"],
    types: ["AgentSettings", "BackgroundNoise", "CreateAgentRequest", "Scope", "Voicemail", "Webhook"],
  }),
  updateAgent(id, patch) {
    const { lines, types } = change(patch);
    return { lines, given: [text(id), "&patch"], types: ["UpdateAgentRequest", ...types] };
  },
  makeAiCall: (id, request) => ({
    lines: [...scope(request), `let request = MakeAiCallRequest::new(${string(request, "contact_id")}, scope);`],
    given: [text(id), "&request"],
    types: ["MakeAiCallRequest", "Scope"],
  }),
  getContactMessages: (id, query = {}) => ({
    lines: [],
    given: [text(id), `ContactMessagesQuery::new()${["limit", "offset"].filter((name) => query[name] !== undefined).map((name) => `.${name}(${query[name]})`).join("")}`],
    types: ["ContactMessagesQuery"],
  }),
  sendMessage: (request) => ({
    lines: [
      ...parens("let request = SendMessageRequest::new", [
        string(request, "conversation_id"),
        `Channel::${capital(request.channel)}`,
        request.ai ? `Author::Agent(${owned(request, "agent_id")})` : "Author::AsWritten",
        string(request, "content"),
      ], request.message_id === undefined ? "" : `\n        .message_id(${text(request.message_id)})`),
    ],
    given: ["&request"],
    types: ["Author", "Channel", "SendMessageRequest"],
  }),
};

// What one of the enums says. A field that is not there, which the client refuses, is left to write.
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

// The setters of an enum set all of its fields, so they are for patches that have those and no others.
const TOGETHER = [
  { type: "BackgroundNoise", setter: "background_noise", fields: ["background_noise", "background_type"], write: NOISE,
    whole: (patch) => (patch.background_noise === true) === ("background_type" in patch) },
  { type: "Voicemail", setter: "voicemail", fields: ["voicemail_detection", "voicemail_type", "voicemail_message"], write: VOICEMAIL,
    whole: (patch) => ("voicemail_type" in patch) === patch.voicemail_detection && ("voicemail_message" in patch) === (patch.voicemail_type === "leave_message") },
  { type: "Webhook", setter: "webhook", fields: ["webhook", "webhook_url"], write: WEBHOOK,
    whole: (patch) => (patch.webhook === true) === ("webhook_url" in patch) },
];
const NUMBERS = ["max_duration", "temperature", "silence_timeout", "voice_activity_timeout"];

function change(patch) {
  const whole = TOGETHER.filter(({ fields, whole: isWhole }) => fields[0] in patch && isWhole(patch));
  const taken = whole.flatMap(({ fields }) => fields);
  const grouped = TOGETHER.flatMap(({ fields }) => fields);
  const rest = Object.keys(patch).filter((name) => !taken.includes(name));
  const setters = [
    ...rest.filter((name) => !grouped.includes(name)).map((name) => `.${name}(${plain(patch, name)})`),
    ...whole.map(({ setter, write }) => `.${setter}(${write(patch)})`),
  ];
  // Fields of which the others stay as they are.
  const single = rest.filter((name) => grouped.includes(name));
  const types = [...whole.map(({ type }) => type), ...(single.includes("voicemail_type") ? ["VoicemailType"] : [])];
  return {
    lines: [
      ...chained(`let ${single.length > 0 ? "mut " : ""}patch = UpdateAgentRequest::new()`, setters),
      ...single.map((name) => `patch.${name} = Some(${alone(patch, name)});`),
    ],
    types,
  };
}

const alone = (patch, name) => {
  if (typeof patch[name] === "boolean") return String(patch[name]);
  return name === "voicemail_type" ? `VoicemailType::${capital(patch[name])}` : owned(patch, name);
};
const plain = (values, name) => (typeof values[name] === "boolean" ? flag(values, name) : NUMBERS.includes(name) ? number(values, name) : string(values, name));

const scope = (request) => braces("let scope = Scope",
  ["organization_id", "sub_account_id"].map((name) => `${name}: ${owned(request, name)},`));

const missing = (name) => `todo!(${text(name)})`;
function string(values, name) { return typeof values[name] === "string" ? text(values[name]) : missing(name); }
function owned(values, name) { return typeof values[name] === "string" ? `${text(values[name])}.into()` : missing(name); }
function flag(values, name) { return typeof values[name] === "boolean" ? String(values[name]) : missing(name); }
// A whole number has a point in Rust too where it is no integer's place.
function number(values, name) {
  const value = values[name];
  if (typeof value !== "number") return missing(name);
  return /^-?\d+$/.test(value) ? `${value}.0` : String(value);
}

const capital = (value) => String(value).split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
const braces = (start, lines) => [`${start} {`, ...lines.map((line) => `    ${line}`), "};"];
const parens = (start, values, end) => [`${start}(`, ...values.map((value) => `    ${value},`), `)${end};`];
const chained = (start, calls) => (calls.length > 1 ? [start, ...calls.map((call, index) => `    ${call}${index === calls.length - 1 ? ";" : ""}`)] : [`${start}${calls.join("")};`]);
const indented = (lines) => lines.map((line) => `    ${line}`).join("\n");

const SHORT = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
// What is not seen is written as its number; the compiler refuses signs that turn the text around.
function text(value) {
  const escaped = String(value).toWellFormed().replace(/["\\\p{Cc}\p{Cf}]/gu,
    (sign) => SHORT[sign] ?? `\\u{${sign.codePointAt(0).toString(16)}}`);
  return `"${escaped}"`;
}
