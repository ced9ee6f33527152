// What an editor shows: the documentation where the pointer rests, and what it completes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { languageServer } from "./language-server.mjs";
import { languageService } from "./language-service.mjs";

const source = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "hovers/use.ts"), "utf8");

/** A marked place: the position above the caret, and the words that must be shown there. */
const marks = () => {
    const lines = source.split("\n");
    const found = [];
    lines.forEach((text, line) => {
        const [, before, kind, words] = /^(\s*\/\/\s*)\^([?|]) (.+)$/.exec(text) ?? [];
        if (kind) found.push({ line: line - 1, character: before.length, kind, words, at: lines[line - 1].trim() });
    });
    return found;
};

const flat = (text) => text.replace(/\s+/g, " ");

/** For each kind of mark, its title and the places where the compiler does not show what it must. */
export const hovers = async ({ folder }, compiler) => {
    mkdirSync(join(folder, "hovers"), { recursive: true });
    const file = join(folder, "hovers/use.ts");
    writeFileSync(file, source);
    const options = { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["hovers/use.ts"] }));

    const editor = await (compiler.api ? languageService : languageServer)({ compiler, folder, file, source, options });
    const hover = [];
    const completion = [];
    try {
        for (const mark of marks()) {
            const place = `${mark.line + 1}: ${mark.at}`;
            if (mark.kind === "?") {
                const shown = flat(await editor.hover(mark));
                if (!shown.includes(mark.words)) hover.push(`${place}\n"${mark.words}" is not in: ${shown || "nothing"}`);
            } else {
                const offered = await editor.complete(mark);
                const missing = mark.words.split(" ").filter((word) => !offered.includes(word));
                if (missing.length) completion.push(`${place}\n${missing} is not offered`);
            }
        }
    } finally {
        await editor.close();
    }
    return [
        ["hovers show the documentation", hover],
        ["known values are completed", completion],
    ];
};
