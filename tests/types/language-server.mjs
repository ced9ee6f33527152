// An editor's questions to the native compiler, through its language server (LSP over stdio).
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

/** JSON-RPC with a child process: requests that are answered by promises, and notifications. */
const connect = (child) => {
    const waiting = new Map();
    let number = 0;
    let input = Buffer.alloc(0);
    const write = (message) => {
        const body = JSON.stringify({ jsonrpc: "2.0", ...message });
        child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const take = (message) => {
        if (message.method) {
            // The server asks for settings and the like: it may do without them.
            if (message.id !== undefined) write({ id: message.id, result: message.params?.items?.map(() => null) ?? null });
            return;
        }
        const { resolve, reject } = waiting.get(message.id) ?? {};
        waiting.delete(message.id);
        if (message.error) reject?.(new Error(message.error.message));
        else resolve?.(message.result);
    };
    child.stdout.on("data", (data) => {
        input = Buffer.concat([input, data]);
        for (;;) {
            const end = input.indexOf("\r\n\r\n");
            const length = Number(/content-length: (\d+)/i.exec(input.subarray(0, Math.max(end, 0)).toString())?.[1]);
            if (end < 0 || input.length < end + 4 + length) return;
            const body = input.subarray(end + 4, end + 4 + length).toString();
            input = input.subarray(end + 4 + length);
            take(JSON.parse(body));
        }
    });
    child.on("exit", (code) => {
        for (const { reject } of waiting.values()) reject(new Error(`the language server ended with ${code}`));
    });
    return {
        notify: (method, params) => write({ method, params }),
        request: (method, params) =>
            new Promise((resolve, reject) => {
                waiting.set(++number, { resolve, reject });
                write({ id: number, method, params });
            }),
    };
};

export const languageServer = async ({ compiler, folder, file, source }) => {
    const child = spawn(process.execPath, [compiler.tsc, "--lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
    const { notify, request } = connect(child);
    const uri = pathToFileURL(file).href;
    await request("initialize", {
        processId: process.pid,
        rootUri: pathToFileURL(folder).href,
        capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] }, completion: {} } },
    });
    notify("initialized", {});
    notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: source } });
    const at = ({ line, character }) => ({ textDocument: { uri }, position: { line, character } });
    return {
        hover: async (mark) => {
            const { contents } = (await request("textDocument/hover", at(mark))) ?? {};
            return contents?.value ?? (typeof contents === "string" ? contents : "");
        },
        complete: async (mark) => {
            const answer = await request("textDocument/completion", at(mark));
            return (answer?.items ?? answer ?? []).map(({ label }) => label);
        },
        close: async () => {
            const ended = new Promise((resolve) => child.once("exit", resolve));
            await request("shutdown");
            notify("exit");
            await ended;
        },
    };
};
