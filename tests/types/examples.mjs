// The examples in the documentation of the class: each must compile unchanged.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./compile.mjs";

/** The values that the examples assume: of a user's own program, and of its runtime. */
const SURROUNDINGS = `
import type { Centerfy as Client, Agent, SendMessageRequest } from "centerfy";
declare global {
    const centerfy: Client;
    const agent: Agent;
    const message: SendMessageRequest;
    const agentId: string;
    const callId: string;
    const contactId: string;
    const contact_id: string;
    const organization_id: string;
    const sub_account_id: string;
    const conversation_id: string;
    const audio: { src: string };
    const process: { env: Record<string, string | undefined> };
    const console: { log(...values: unknown[]): void };
    const show: (...words: (string | undefined)[]) => void;
}
`;

/** The examples in the documentation, each with the name of what it documents. */
const examplesIn = (text) =>
    [...text.matchAll(/@example\n[ *]*```ts\n([\s\S]*?)\n[ *]*```/g)].map(({ 0: whole, 1: code, index }) => {
        const [, declared] = text.slice(index + whole.length).split("*/", 2);
        const [, name] = declared.match(/^\s*(?:(?:export|declare|class|function|const|readonly|static) )*(\w+)/);
        return { name, code: code.replace(/^ *\* ?/gm, "") };
    });

/** The errors of a compiler in the examples, and the number of examples. */
export const examples = (project, compiler, setUp) => {
    const text = readFileSync(join(project.folder, "node_modules/centerfy/index.d.cts"), "utf8");
    const found = examplesIn(text);
    mkdirSync(join(project.folder, "examples"), { recursive: true });
    const write = (name, code) => {
        writeFileSync(join(project.folder, "examples", name), code);
        return `examples/${name}`;
    };
    const files = [write("surroundings.ts", SURROUNDINGS)];
    found.forEach(({ name, code }, i) => {
        const needed = ["Centerfy", "CenterfyError"].filter((name) => code.includes(name) && !code.includes("import {"));
        files.push(write(`${i + 1}-${name}.ts`, `import { ${needed} } from "centerfy";\n${code}\nexport {};\n`));
    });
    const { output, status } = run(project, compiler, setUp, files);
    // Each file is named after what its example documents.
    const where = "These are examples in pkg-template/public.d.ts. Names that one may use stand in SURROUNDINGS of tests/types/examples.mjs.";
    const complaints = status === 0 ? [] : [`${output.trim()}\n${where}`];
    if (found.length < 10) complaints.push(`only ${found.length} examples were found`);
    return complaints;
};
