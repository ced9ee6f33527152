// An editor's questions to a compiler written in JavaScript, through its language service.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const languageService = ({ compiler, folder, file, source, options }) => {
    const ts = require(compiler.folder);
    const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(options, folder);
    const service = ts.createLanguageService({
        ...ts.sys,
        useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
        getCompilationSettings: () => compilerOptions,
        getScriptFileNames: () => [file],
        getScriptVersion: () => "1",
        getScriptSnapshot: (name) => {
            if (name === file) return ts.ScriptSnapshot.fromString(source);
            return ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined;
        },
        getCurrentDirectory: () => folder,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
    });
    const lines = source.split("\n");
    const offset = ({ line, character }) => lines.slice(0, line).join("\n").length + (line ? 1 : 0) + character;
    return {
        hover: (mark) => {
            const info = service.getQuickInfoAtPosition(file, offset(mark));
            const tags = (info?.tags ?? []).map((tag) => ts.displayPartsToString(tag.text));
            return [ts.displayPartsToString(info?.documentation), ...tags].join("\n");
        },
        complete: (mark) => (service.getCompletionsAtPosition(file, offset(mark), {})?.entries ?? []).map(({ name }) => name),
        close: () => service.dispose(),
    };
};
