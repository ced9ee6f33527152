// Makes projects of the test programs, and runs compilers on them.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = join(here, "../node_modules");

const compiler = (name, more) => {
    const { version } = JSON.parse(readFileSync(join(tools, name, "package.json"), "utf8"));
    return { name, version, folder: join(tools, name), tsc: join(tools, name, "bin/tsc"), ...more };
};

/**
 * The oldest is 5.0: the first that knows `moduleResolution: "bundler"`, which every bundler's template
 * sets today, and `export type *`. 5.9 is the compiler that most tools still bring along, and the
 * newest is the native one.
 */
export const compilers = [
    compiler("typescript-5.0", { oldest: true, api: true }),
    compiler("typescript-5.9", { api: true }),
    compiler("typescript", {}),
];

/** A folder with all programs, whose node_modules has the package and the runtimes' declarations. */
export const makeProject = (installed) => {
    const folder = mkdtempSync(join(tmpdir(), "centerfy-types-"));
    for (const part of ["accepted", "refused"]) cpSync(join(here, part), join(folder, part), { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    // Copied, not linked: through a link the compiler would look for packages where the link leads.
    cpSync(installed, join(folder, "node_modules/centerfy"), { recursive: true, dereference: true });
    for (const name of ["@types", "@cloudflare", "undici-types"]) {
        symlinkSync(join(tools, name), join(folder, "node_modules", name), "dir");
    }
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    explained(folder);
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const EXPECTS = /^\/\/ @ts-expect-error (.+)$/;

/** Copies the refused programs with their directives turned into plain comments. */
const explained = (folder) => {
    mkdirSync(join(folder, "explained"));
    for (const file of readdirSync(join(folder, "refused"))) {
        const text = readFileSync(join(folder, "refused", file), "utf8");
        writeFileSync(join(folder, "explained", file), text.replaceAll("// @ts-expect-error ", "// expects "));
    }
};

/** Runs a compiler on files of a project. */
export const run = ({ folder }, { tsc }, { module, moduleResolution, lib, types, strictest }, files) => {
    const compilerOptions = {
        strict: true,
        skipLibCheck: false,
        noEmit: true,
        target: "es2022",
        module,
        moduleResolution,
        lib,
        types,
        ...(strictest && {
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            noPropertyAccessFromIndexSignature: true,
            noImplicitOverride: true,
            isolatedModules: true,
            verbatimModuleSyntax: true,
        }),
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const { stdout, stderr, status } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
        cwd: folder,
        encoding: "utf8",
    });
    return { output: stdout + stderr, status };
};

/** The errors of a compiler about the programs that it must accept and must refuse. */
export const compile = (project, compiler, setUp) => {
    const files = setUp.accepted.map((file) => `accepted/${file}`);
    if (setUp.common) files.push("accepted/common.cts");
    // A line that is not refused makes its `@ts-expect-error` an error.
    if (setUp.refused) files.push(...readdirSync(join(project.folder, "refused")).map((file) => `refused/${file}`));
    const { output, status } = run(project, compiler, setUp, files);
    return status === 0 ? [] : [output.trim() || `the compiler ended with ${status}`];
};

/** The refused lines whose compiler message lacks the expected words. */
export const explain = (project, compiler, setUp) => {
    const files = readdirSync(join(project.folder, "explained")).map((file) => `explained/${file}`);
    const { output } = run(project, compiler, setUp, files);
    const errors = new Map();
    let at;
    for (const line of output.split("\n")) {
        const start = /^(explained\/\S+)\((\d+),\d+\): error /.exec(line);
        if (start) at = `${start[1]}:${start[2]}`;
        if (at && line.trim()) errors.set(at, `${errors.get(at) ?? ""}${line}\n`);
    }
    const complaints = [];
    for (const file of files) {
        const lines = readFileSync(join(project.folder, file.replace("explained", "refused")), "utf8").split("\n");
        lines.forEach((line, i) => {
            const words = EXPECTS.exec(line)?.[1];
            const place = `${file}:${i + 2}`;
            const said = errors.get(place);
            errors.delete(place);
            if (words && !said?.includes(words)) complaints.push(`${place} should say "${words}", says:\n${said ?? "nothing"}`);
        });
    }
    for (const [place, said] of errors) complaints.push(`${place} is refused unexpectedly:\n${said}`);
    return complaints;
};
