// The code blocks in the README, and the values that they assume.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const documents = readdirSync(root + "docs").filter((name) => name.endsWith(".md"));
/** The documents for users, whose programs run. */
export const files = ["README.md", ...documents.map((name) => `docs/${name}`)];
/** The documents of a clone. */
export const others = ["CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "sandbox/README.md", "tests/bench/README.md"];
export const textOf = (file) => readFileSync(root + file, "utf8");

/** All code blocks of a file with heading, language, text, and line for messages. */
export function blocks(file) {
  const found = [];
  let heading = "";
  let open;
  textOf(file)
    .split("\n")
    .forEach((line, i) => {
      const fence = line.match(/^```(\w*)$/);
      if (open && fence) open = void found.push({ ...open, text: open.lines.join("\n") + "\n" });
      else if (open) open.lines.push(line);
      else if (fence) open = { file, heading, language: fence[1], line: i + 2, lines: [] };
      else heading = line.match(/^#+ (.*)/)?.[1] ?? heading;
    });
  return found;
}

const scripts = files.flatMap(blocks).filter(({ language }) => /^(js|ts|html)$/.test(language));

/** Tests for a test runner, which tests/runtimes/ runs: Vitest's first, then Jest's. */
export const testFiles = scripts.filter(({ text }) => /^test\(/m.test(text));

/** The environment for Jest, which tests/runtimes/ uses. */
export const jestEnvironment = scripts.find(({ text }) => text.includes("extends TestEnvironment"));

/** The configuration for Playwright, likewise. */
export const playwrightConfig = scripts.find(({ text }) => text.includes("@playwright/test"));

/** The programs that a reader would copy into a file and run. */
export const programs = scripts.filter((block) => ![...testFiles, jestEnvironment, playwrightConfig].includes(block));

/** The programs of a page: its client, or the proxy that it calls. tests/runtimes/ runs them in jsdom and happy-dom, too. */
export const pagePrograms = programs.filter(({ language, text }) => language !== "html" && /(proxy|baseUrl): "|createProxy/.test(text) && !/node:/.test(text));

/** Only the script of a page. */
export const scriptOf = ({ language, text }) =>
  language === "html" ? text.match(/<script type="module">\n([\s\S]*?)<\/script>/)[1] : text;

/** The reader's own values, which reader.mjs defines, and globals of other runtimes. */
export const SURROUNDINGS = `
import type { Centerfy as Client } from "centerfy";
declare global {
  const centerfy: Client;
  const agentId: string;
  const contactId: string;
  const contact_id: string;
  const conversation_id: string;
  const organization_id: string;
  const sub_account_id: string;
  const show: (words: string) => void;
  const Deno: { env: { get(name: string): string | undefined } };
}
`;
