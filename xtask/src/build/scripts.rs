//! The scripts and the types of the package: what is written by hand in `pkg-template/`, and what
//! is made from the crate.

use super::generated::Generated;
use super::module::Module;
use super::{checks, copy, manifest, tables};
use crate::{paths, run};
use anyhow::Result;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A form of some entries.
struct Form {
    entries: &'static [&'static str],
    /// The newest syntax in it: what the oldest tool that takes these entries parses.
    target: &'static str,
    how: &'static [&'static str],
}

/// The client goes through every kind of tool. Babel as React Native sets it up refuses static
/// blocks, and older releases of it `??=`. Lowering both costs no byte.
const CLIENT: &str = "--target=es2020";
/// What servers take goes through Node.js 20, workerd and their bundlers. Private fields are ES2022;
/// lowered they cost a kilobyte.
const SERVER: &str = "--target=es2022";

const SERVERS: &[&str] = &[
    "proxy/index",
    "proxy/node",
    "redis/index",
    "durable/index",
    "store/index",
    "runs/index",
];

/// What front ends take, too.
const EXTRAS: &[&str] = &[
    "otel/index",
    "query/index",
    "recordings/index",
    "schema/index",
];

/// Whether errors suggest the option that was meant: not where every byte counts.
const SUGGESTS: &str = "--define:SUGGESTS=true";
const SUGGESTS_NOT: &str = "--define:SUGGESTS=false";

/// What may run in Cloudflare Workers.
const WORKERS: &str = "--define:WORKERS=true";

/// How the entries beside the client's are written, for `import` and for `require`.
const ESM_ENTRIES: &[&str] = &["--format=esm", "--outbase=.", "--minify"];
const CJS_ENTRIES: &[&str] = &[
    "--format=cjs",
    "--platform=node",
    "--outbase=.",
    "--out-extension:.js=.cjs",
    "--minify",
];

/// All forms. What people look into is readable; what only tools read is minified: the package is a
/// third smaller for it.
const FORMS: [Form; 10] = [
    Form {
        entries: &["index", "node", "wintercg"],
        target: CLIENT,
        // Workers compile no bytes, so these never run there: 35 bytes.
        how: &["--format=esm", "--define:WORKERS=false", SUGGESTS_NOT],
    },
    Form {
        entries: &["deno"],
        target: CLIENT,
        how: &["--format=esm", "--define:WORKERS=false", SUGGESTS],
    },
    // They have all but the way to the module in common.
    Form {
        entries: &["workerd", "edge-light"],
        target: CLIENT,
        how: &[
            "--format=esm",
            "--minify",
            "--splitting",
            "--chunk-names=deployed",
            WORKERS,
            SUGGESTS_NOT,
        ],
    },
    // The module as a script besides: what stands in for the global `WebAssembly`.
    Form {
        entries: &["server"],
        target: CLIENT,
        how: &[
            "--format=esm",
            "--minify",
            WORKERS,
            SUGGESTS,
            "--inject:./wasm-or-script.ts",
        ],
    },
    // For Node.js, so that importers find the names of what a CommonJS file exports.
    Form {
        entries: &["server"],
        target: CLIENT,
        how: &[
            "--format=cjs",
            "--platform=node",
            "--out-extension:.js=.cjs",
            "--minify",
            WORKERS,
            SUGGESTS,
            "--inject:./wasm-or-script.ts",
        ],
    },
    // The module as a script alone.
    Form {
        entries: &["js"],
        target: CLIENT,
        how: &[
            "--format=esm",
            "--minify",
            WORKERS,
            SUGGESTS,
            "--inject:./script-only.ts",
        ],
    },
    // They take the client from the package, in the form that the runtime chooses.
    Form {
        entries: SERVERS,
        target: SERVER,
        how: ESM_ENTRIES,
    },
    Form {
        entries: SERVERS,
        target: SERVER,
        how: CJS_ENTRIES,
    },
    Form {
        entries: EXTRAS,
        target: CLIENT,
        how: ESM_ENTRIES,
    },
    Form {
        entries: EXTRAS,
        target: CLIENT,
        how: CJS_ENTRIES,
    },
];

/// Writes everything but the module into `folder`.
pub(super) fn write(
    tools: &Path,
    folder: &Path,
    module: &Module,
    generated: &mut Generated,
) -> Result<()> {
    let template = paths::root().join("pkg-template");
    generate(&template, module, generated)?;
    for form in &FORMS {
        bundle(tools, &template, folder, form)?;
    }
    let manifest = fs::read_to_string(template.join("package.json"))?;
    fs::write(folder.join("package.json"), manifest::published(&manifest)?)?;
    declare(folder, "types", &centerfy::types::declarations())?;
    for (name, source) in [
        ("index", "public"),
        ("client-events", "client-events"),
        ("client-options", "client-options"),
        ("conditions", "conditions"),
        ("error-codes", "error-codes"),
    ] {
        let file = template.join(source).with_extension("d.ts");
        declare(folder, name, &fs::read_to_string(file)?)?;
    }
    for (room, name, source) in [
        ("proxy", "index", "api.d.ts"),
        ("proxy", "node", "node.d.ts"),
        ("store", "index", "api.d.ts"),
        ("redis", "index", "api.d.ts"),
        ("durable", "index", "api.d.ts"),
        ("runs", "index", "api.d.ts"),
        ("otel", "index", "api.d.ts"),
        ("query", "index", "api.d.ts"),
        ("recordings", "index", "api.d.ts"),
        ("schema", "index", "api.d.ts"),
    ] {
        let text = fs::read_to_string(template.join(room).join(source))?;
        let text = text
            .replace("/api.js\"", "/index.js\"")
            .replace("/public.js\"", "/index.js\"");
        fs::create_dir_all(folder.join(room))?;
        declare(&folder.join(room), name, &text)?;
    }
    declare(folder, "js", "export * from \"./index.js\";\n")?;
    for file in ["README.md", "llms.txt", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(paths::root().join(file), folder.join(file))?;
    }
    write_skill(folder)?;
    copy(&paths::root().join("docs"), &folder.join("docs"))
}

/// When a coding agent uses the skill, in the format of Agent Skills.
const SKILL: &str = "---\n\
    name: centerfy\n\
    description: Writes and reviews code for the Centerfy AI API with the npm package centerfy: AI voice agents, \
    outbound calls, call recordings, SMS, email and WhatsApp messages, React, Vue and Svelte pages, proxies, and \
    tests. Use it before you write or change code that imports centerfy, or that calls crmwebhook.com.\n\
    ---\n\n";

/// Writes the skill for coding agents: `llms.txt` with a head, so that both say the same.
fn write_skill(folder: &Path) -> Result<()> {
    let skill = folder.join("skills/centerfy");
    fs::create_dir_all(&skill)?;
    let text = fs::read_to_string(paths::root().join("llms.txt"))?;
    fs::write(skill.join("SKILL.md"), format!("{SKILL}{text}"))?;
    Ok(())
}

/// Writes what is made from the crate and from the module: TypeScript, and the JavaScript that
/// differs with the compiler.
fn generate(template: &Path, module: &Module, generated: &mut Generated) -> Result<()> {
    let folder = template.join("generated");
    fs::create_dir_all(&folder)?;
    for (name, text) in [
        ("protocol.ts", tables::protocol()),
        ("tables.ts", tables::tables()),
        ("checks.ts", checks::checks()),
        ("module.d.ts", declare_link(&module.exports)),
        ("bytes.d.ts", declare_bytes()),
        ("script.d.ts", declare_script()),
    ] {
        generated.write(&folder.join(name), &text)?;
    }
    // Where the package has it, so that what is shipped as it is finds it here, too.
    let types = centerfy::types::declarations();
    generated.write(&template.join("types.d.ts"), &types)?;
    fs::write(folder.join("module.js"), link(&module.exports))?;
    fs::write(folder.join("bytes.js"), bytes(&module.wasm))?;
    fs::copy(&module.script, folder.join("script.js"))?;
    Ok(())
}

/// A generated file that says so.
pub(super) fn made(text: &str) -> String {
    format!("// Made by `cargo xtask build`. Do not edit.\n\n{text}")
}

fn declare_bytes() -> String {
    made("/** The bytes of the module. */\nexport const bytes: () => Uint8Array<ArrayBuffer>;\n")
}

fn declare_script() -> String {
    made(
        "/** The module as a script: gives what an instance of it exports. */\n\
         export function instantiate(imports: object): WebAssembly.Exports;\n",
    )
}

/// Writes declarations for `require`, from a file of its own as TypeScript wants it, and for `import`,
/// which may have the same.
pub(super) fn declare(folder: &Path, name: &str, text: &str) -> Result<()> {
    let all = format!("export * from \"./{name}.cjs\";\n");
    fs::write(folder.join(format!("{name}.d.ts")), all)?;
    let common = text.replace(".js\";", ".cjs\";");
    fs::write(folder.join(format!("{name}.d.cts")), common)?;
    Ok(())
}

/// One script an entry: a page that loads it as it is needs one request, not ten.
fn bundle(tools: &Path, template: &Path, folder: &Path, form: &Form) -> Result<()> {
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(template)
        .args(form.entries.iter().map(|entry| format!("{entry}.ts")))
        .arg(format!("--outdir={}", folder.display()))
        .args(form.how)
        .args(["--bundle", form.target])
        .args(["--external:./centerfy.wasm", "--external:./centerfy.wasm?module"])
        // Names that begin with _ are private: shortened they save 180 bytes (brotli).
        .arg("--mangle-props=^_")
        // Entries that are another with a little more have that beside them.
        .args(["--external:./index.js", "--external:./server.cjs", "--external:./js.js"])
        .arg("--external:centerfy")
        .arg("--log-level=warning");
    run::output(&mut esbuild)?;
    Ok(())
}

/// The types of the script that links the module's exports, in an order that no compiler decides.
fn declare_link(exports: &[(String, String)]) -> String {
    let mut names: Vec<_> = exports.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let bindings = names
        .iter()
        .map(|name| format!("export let {name}: Bindings[{name:?}];\n"));
    made(&format!(
        "import type {{ Bindings }} from \"../bindings.js\";\n\n{}\n\
         /** Binds what an instance of the module exports. */\n\
         export const link: (exports: any) => void;\n\
         /** Binds other checks of the same table. */\n\
         export const linkField: (check: Bindings[\"field\"]) => void;\n",
        bindings.collect::<String>()
    ))
}

/// The script that links the module's exports. Bound to variables, not kept as an object's
/// properties: a minifier can shorten those.
fn link(exports: &[(String, String)]) -> String {
    let names: Vec<_> = exports.iter().map(|(name, _)| name.as_str()).collect();
    let pairs: Vec<_> = exports
        .iter()
        .map(|(name, short)| {
            if name == short {
                name.clone()
            } else {
                format!("{short}: {name}")
            }
        })
        .collect();
    format!(
        "// Made by `cargo xtask build` from what src/wasm/ exports. Do not edit.\n\
         export let {};\n\n\
         export const link = (exports) => {{\n  ({{ {} }} = exports);\n}};\n\
         export const linkField = (check) => {{\n  field = check;\n}};\n",
        names.join(", "),
        pairs.join(", ")
    )
}

/// The script with the module's bytes.
///
/// Not base64: that tears bytes apart, so that brotli no longer sees what repeats (900 bytes more).
fn bytes(wasm: &[u8]) -> String {
    format!(
        "// Made by `cargo xtask build`: centerfy.wasm, a byte as one printable character, or as two\n\
         // where it is {RANGE} or more: the first then says how many times {RANGE} is to be added.\n\
         export const bytes = () => {{\n  const made = new Uint8Array({});\n  let at = 0;\n  \
         let add = 0;\n  for (const char of {:?}) {{\n    const code = char.charCodeAt(0);\n    \
         if (code < {FIRST}) add = (code - {NONE_ADDED}) * {RANGE};\n    else {{\n      \
         made[at++] = code - {FIRST} + add;\n      add = 0;\n    }}\n  }}\n  return made;\n}};\n",
        wasm.len(),
        printable(wasm),
    )
}

/// How many bytes are one character, from [`FIRST`] on.
const RANGE: u8 = 86;
const FIRST: u8 = b'%';
/// One before the character that adds [`RANGE`] once.
const NONE_ADDED: u8 = b'"';

/// Only characters that stand in a script as they are. `\\` is doubled where it is printed; there
/// are no quotes but `'`.
pub(super) fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        if *byte >= RANGE {
            text.push(char::from(NONE_ADDED + byte / RANGE));
        }
        text.push(char::from(FIRST + byte % RANGE));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{FIRST, NONE_ADDED, RANGE, printable};

    /// As the script reads it.
    fn read(text: &str) -> Vec<u8> {
        let (mut bytes, mut add) = (Vec::new(), 0);
        for code in text.bytes() {
            if code < FIRST {
                add = (code - NONE_ADDED) * RANGE;
            } else {
                bytes.push(code - FIRST + add);
                add = 0;
            }
        }
        bytes
    }

    #[test]
    fn every_byte_is_printable_and_comes_back() {
        let all: Vec<u8> = (0..=255).collect();
        let text = printable(&all);
        assert!(text.bytes().all(|code| (b'#'..=b'z').contains(&code)));
        assert_eq!(read(&text), all);
    }
}
