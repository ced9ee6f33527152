//! The scripts and the types of the package: what is written by hand in `pkg-template/`, and what
//! is made from the crate.

use super::{script, tables};
use crate::{paths, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The entries that are ES modules, each of which becomes one script.
const MODULES: [&str; 5] = ["index", "workerd", "edge-light", "deno", "node"];
/// The entry for `require`.
const COMMON: [&str; 1] = ["index"];
/// The entry where there is no WebAssembly, in both forms.
const WITHOUT_WASM: [&str; 1] = ["js"];

const AS_MODULE: [&str; 1] = ["--format=esm"];
/// For Node.js, so that importers find the names of what a CommonJS file exports.
const AS_COMMON: [&str; 3] = [
    "--format=cjs",
    "--platform=node",
    "--out-extension:.js=.cjs",
];
/// What stands in for the global `WebAssembly`.
const STAND_IN: &str = "--inject:./stand-in.ts";

/// Writes everything but the module into `folder`.
pub(super) fn write(
    tools: &Path,
    folder: &Path,
    wasm: &[u8],
    exports: &[(String, String)],
) -> Result<()> {
    let template = paths::root().join("pkg-template");
    generate(&template.join("generated"), wasm, exports)?;
    script::write(tools, &template.join("generated"), wasm)?;
    bundle(tools, &template, folder, &MODULES, &AS_MODULE)?;
    bundle(tools, &template, folder, &COMMON, &AS_COMMON)?;
    for format in [&AS_MODULE[..], &AS_COMMON] {
        let how = [format, &[STAND_IN]].concat();
        bundle(tools, &template, folder, &WITHOUT_WASM, &how)?;
    }
    for map in files_of(folder, ".map")? {
        tidy_map(&map)?;
    }
    fs::copy(template.join("package.json"), folder.join("package.json"))?;
    declare(folder, "types", &centerfy::types::declarations())?;
    declare(
        folder,
        "index",
        &fs::read_to_string(template.join("public.d.ts"))?,
    )?;
    declare(folder, "js", "export * from \"./index.js\";\n")?;
    for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(paths::root().join(file), folder.join(file))?;
    }
    Ok(())
}

/// Writes the TypeScript that is made from the crate and from the module.
fn generate(folder: &Path, wasm: &[u8], exports: &[(String, String)]) -> Result<()> {
    fs::create_dir_all(folder)?;
    let files = [
        ("protocol.ts", tables::protocol()),
        ("tables.ts", tables::tables()),
        ("module.ts", link(exports)),
        ("bytes.ts", bytes(wasm)),
        ("types.d.ts", centerfy::types::declarations()),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// Writes the same declarations twice: TypeScript takes what `require` gives from a file of its own.
pub(super) fn declare(folder: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(folder.join(format!("{name}.d.ts")), text)?;
    // Also "../types.js", the client's.
    let common = text
        .replace("./types.js\"", "./types.cjs\"")
        .replace("./index.js\"", "./index.cjs\"");
    fs::write(folder.join(format!("{name}.d.cts")), common)?;
    Ok(())
}

/// What of a folder ends like that.
fn files_of(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(end) {
            files.push(path);
        }
    }
    Ok(files)
}

/// One script an entry: a page that loads it as it is needs one request, not ten.
fn bundle(
    tools: &Path,
    template: &Path,
    folder: &Path,
    entries: &[&str],
    how: &[&str],
) -> Result<()> {
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(template)
        .args(entries.iter().map(|entry| format!("{entry}.ts")))
        .arg(format!("--outdir={}", folder.display()))
        .args(how)
        .args(["--bundle", "--target=es2022", "--sourcemap"])
        .args(["--external:./centerfy.wasm", "--external:./centerfy.wasm?module"])
        // Names that begin with _ are nobody else's: shortened they save 180 bytes (brotli).
        .arg("--mangle-props=^_")
        // Entries that are another with a little more have that beside them.
        .args(["--external:./index.js", "--external:./index.cjs"])
        .arg("--log-level=warning");
    run::output(&mut esbuild)?;
    Ok(())
}

/// Gives a source map the names that its readers know, and takes the module's bytes out, which
/// nobody reads there.
fn tidy_map(map: &Path) -> Result<()> {
    let mut read: Value = serde_json::from_str(&fs::read_to_string(map)?)?;
    let names = read["sources"]
        .as_array_mut()
        .context("a map has sources")?;
    let mut bytes = None;
    for (at, name) in names.iter_mut().enumerate() {
        let text = name.as_str().unwrap_or_default();
        let file = text
            .rsplit_once("pkg-template/")
            .map_or(text, |(_, file)| file);
        if file == "generated/bytes.ts" {
            bytes = Some(at);
        }
        *name = format!("src/{file}").into();
    }
    if let Some(at) = bytes {
        read["sourcesContent"][at] = Value::Null;
    }
    fs::write(map, read.to_string())?;
    Ok(())
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
    let bindings: Vec<_> = names
        .iter()
        .map(|name| format!("export let {name}: Door[{name:?}];\n"))
        .collect();
    format!(
        "// Made by `cargo xtask build` from what src/js/ exports. Do not edit.\n\
         import type {{ Door }} from \"../door.js\";\n\n\
         {}\n\
         /** Binds what an instance of the module exports. */\n\
         export const link = (exports: any) => {{\n  ({{ {} }} = exports);\n}};\n",
        bindings.concat(),
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

/// Only characters that stand in a script as they are. `\\` is doubled by whoever prints it; there
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
