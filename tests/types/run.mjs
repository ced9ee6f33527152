// Checks the package's TypeScript declarations as users see them: programs that must compile,
// programs that must not, and the documentation that an editor shows.
//
//     node tests/types/run.mjs [folder]
//
// The folder is one whose node_modules has the package; CENTERFY_PACKAGE names it too. The programs
// are copied into a project of their own, which sees that package and nothing else of this one.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { compile, compilers, explain, makeProject } from "./compile.mjs";
import { examples } from "./examples.mjs";
import { hovers } from "./hovers.mjs";

const given = process.argv.slice(2).find((word) => !word.startsWith("-")) ?? process.env.CENTERFY_PACKAGE;
const installed = given && resolve(given, "node_modules/centerfy");
if (!installed || !existsSync(resolve(installed, "package.json"))) {
    console.error("usage: node tests/types/run.mjs FOLDER\nFOLDER is a folder whose node_modules has centerfy");
    process.exit(2);
}

/** The input of one run of a compiler. Without `lib` it has no global of any runtime. */
const bare = { lib: ["es2022"], types: [], accepted: ["requests.ts", "answers.ts", "client.ts", "sandbox.ts"] };
const setUps = {
    bundler: { ...bare, module: "esnext", moduleResolution: "bundler", refused: true },
    node16: { ...bare, module: "node16", moduleResolution: "node16", refused: true, common: true },
    nodenext: { ...bare, module: "nodenext", moduleResolution: "nodenext", refused: true, common: true },
    // What careful projects turn on beyond `strict`.
    strictest: { ...bare, module: "nodenext", moduleResolution: "nodenext", strictest: true },
    page: { ...bare, module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], accepted: ["client.ts", "dom.ts", "sandbox.ts"] },
    // With the lib that knows `using`, and Symbol.dispose.
    disposable: { ...bare, module: "esnext", moduleResolution: "bundler", lib: ["es2022", "esnext.disposable", "dom"], accepted: ["sandbox.ts", "sandbox-using.ts"], recent: true },
    "Node.js": { ...bare, module: "nodenext", moduleResolution: "nodenext", types: ["node"], accepted: ["client.ts", "node.ts", "sandbox.ts", "sandbox-using.ts"] },
    Worker: { ...bare, module: "esnext", moduleResolution: "bundler", types: ["@cloudflare/workers-types"], accepted: ["client.ts", "workers.ts", "sandbox.ts"] },
};

let passed = 0;
let failed = 0;

const report = (what, complaints) => {
    if (complaints.length) failed++;
    else passed++;
    console.log(`${complaints.length ? "not ok" : "ok"} ${what}`);
    for (const complaint of complaints) console.log(`    ${complaint.replaceAll("\n", "\n    ")}`);
};

const project = makeProject(installed);
try {
    for (const compiler of compilers) {
        for (const [name, setUp] of Object.entries(setUps)) {
            // The oldest compiler cannot read today's declarations of Node.js and of Workers, nor `using`.
            if (compiler.oldest && (setUp.types.length || setUp.recent)) continue;
            const what = `TypeScript ${compiler.version}, ${name}`;
            report(`${what}: compiles and refuses`, compile(project, compiler, setUp));
            // Once for each compiler: explanations are the same for all resolutions.
            if (name === "bundler" && !compiler.oldest) {
                report(`${what}: explains why it refuses`, explain(project, compiler, setUp));
            }
        }
        report(`TypeScript ${compiler.version}: the documentation's examples compile`, examples(project, compiler, setUps.bundler));
        for (const [what, complaints] of await hovers(project, compiler)) {
            report(`TypeScript ${compiler.version}: ${what}`, complaints);
        }
    }
} finally {
    project.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
