// llms.txt: short enough to be read completely, and everything that it imports and calls exists.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Centerfy, entry } from "../node/support.mjs";
import { load } from "./support.mjs";

const text = readFileSync(new URL("../../llms.txt", import.meta.url), "utf8");

test("it has at most 200 lines", () => assert.ok(text.split("\n").length <= 201));

test("its imports are exported", async () => {
  const imports = [...text.matchAll(/import \{([^}]*)\} from "centerfy\/([\w/]+)"/g), ...text.matchAll(/`(\w+)\([^`]*\)` from `centerfy\/([\w/]+)`/g)];
  assert.ok(imports.length >= 6);
  for (const [, names, from] of imports) {
    const exported = await load(from);
    // The compiler checks types, below.
    for (const name of names.split(",").map((name) => name.trim()).filter((name) => !name.startsWith("type "))) {
      assert.notEqual(exported[name], undefined, `${name} of ${from}`);
    }
  }
});

test("it has every operation, and no other method of the client", () => {
  const named = new Set([...text.matchAll(/centerfy\.(\w+)\(/g)].map(([, name]) => name));
  const methods = Object.getOwnPropertyNames(Centerfy.prototype).filter((name) => name !== "constructor");
  assert.deepEqual([...named].sort(), methods.sort());
});

test("its queries can be created", async () => {
  const { createQueries } = await load("query");
  const [, names] = /const \{([^}]*)\} = createQueries/.exec(text);
  assert.deepEqual(names.split(",").map((name) => name.trim()).sort(), Object.keys(createQueries({})).sort());
});

test("the skill is the same text, with a head that names it, and at most 200 lines", () => {
  const skill = readFileSync(join(dirname(entry), "skills/centerfy/SKILL.md"), "utf8");
  const [, head, body] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(skill);
  assert.equal(body, text);
  assert.match(head, /^name: centerfy\ndescription: \S.{50,1000}$/);
  assert.ok(skill.split("\n").length <= 201, "at most 200 lines");
});

/** The values that its programs assume. */
const GIVEN = {
  ...Object.fromEntries(
    ["apiKey", "agentId", "agent_id", "callId", "contactId", "contact_id", "content", "conversation_id", "name", "organization_id", "sub_account_id"].map((it) => [it, "string"]),
  ),
  centerfy: "Centerfy",
  request: 'import("centerfy").SendMessageRequest',
  process: "{ env: Record<string, string | undefined> }",
  form: "HTMLFormElement",
  signal: "AbortSignal",
  writableStream: "WritableStream<Uint8Array>",
  audioRef: "{ current: HTMLAudioElement | null }",
  optedOut: "Set<string>",
  userOf: "(request: Request) => Promise<{ id: string } | undefined>",
  show: "(text: string) => void",
  showAtField: "(field: string, message: string) => void",
};
const SETTINGS = 'import { agentDefaults } from "centerfy/schema";\nconst { voice_id, max_duration, temperature, silence_timeout, voice_activity_timeout, llm_model, language, background_noise, background_type, voicemail_detection, voicemail_type, voicemail_message, backcchanneling, is_active, webhook, webhook_url, recording } = agentDefaults as import("centerfy").AgentSettings & { background_type: string; voicemail_type: "hangup"; voicemail_message: string; webhook_url: string };\n';
const LIBRARIES = { react: ["useEffect"], "@tanstack/react-query": ["useInfiniteQuery", "useMutation", "useQuery"], centerfy: ["Centerfy", "CenterfyError"] };

/** A program with the values and the imports that it assumes. */
const whole = (program) => {
  const imported = [...program.matchAll(/import \{([^}]*)\}/g)].flatMap(([, names]) => names.split(",").map((name) => name.trim()));
  const isMissing = (name) => new RegExp(`\\b${name}\\b`).test(program) && !imported.includes(name);
  const imports = Object.entries(LIBRARIES).map(([library, names]) => `import { ${names.filter((name) => !imported.includes(name)).join(", ")} } from "${library}";\n`);
  const isGiven = (name) => isMissing(name) && !new RegExp(`const ${name}\\b|[{,] ${name}\\b[^;\\n]*\\} = `).test(program);
  const given = Object.entries(GIVEN).filter(([name]) => isGiven(name)).map(([name, type]) => `declare const ${name}: ${type};\n`);
  return imports.join("") + given.join("") + (/\bvoice_id,/.test(program) ? SETTINGS : "") + program;
};

test("its programs type-check", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "centerfy-llms-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(dirname(entry), join(folder, "node_modules/centerfy"), "dir");
  const libraries = fileURLToPath(new URL("node_modules/", import.meta.url));
  for (const name of readdirSync(libraries).filter((name) => !name.startsWith("."))) symlinkSync(join(libraries, name), join(folder, "node_modules", name), "dir");
  const programs = [...text.matchAll(/```tsx?\n(.*?)```/gs)].map(([, program]) => program);
  const files = programs.map((program, i) => {
    const file = join(folder, `${i}.mts`);
    writeFileSync(file, whole(program));
    return file;
  });
  assert.ok(files.length >= 9);
  const tsc = join(dirname(createRequire(import.meta.url).resolve("../node_modules/typescript/package.json")), "bin/tsc");
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom,dom.iterable,esnext.disposable"];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, ...files], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
