//! The scripts and the types of the package: what is written by hand in `pkg-template/`, and what
//! is made from the crate.

use super::tables;
use crate::{paths, run};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The entries, each of which becomes one script.
const ENTRIES: [&str; 4] = ["index", "workerd", "edge-light", "deno"];

/// Writes everything but the module into `folder`.
pub(super) fn write(
    tools: &Path,
    folder: &Path,
    wasm: &[u8],
    exports: &[(String, String)],
) -> Result<()> {
    let template = paths::root().join("pkg-template");
    let sources = folder.join("src");
    fs::create_dir_all(&sources)?;
    for entry in fs::read_dir(&template)? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let name = path
            .file_name()
            .context("no name")?
            .to_string_lossy()
            .into_owned();
        let script = name.ends_with(".js");
        fs::copy(
            &path,
            if script {
                sources.join(name)
            } else {
                folder.join(name)
            },
        )?;
    }
    fs::write(sources.join("tables.js"), tables::script())?;
    fs::write(sources.join("module.js"), link(exports))?;
    fs::write(sources.join("bytes.js"), bytes(wasm))?;
    fs::write(folder.join("types.d.ts"), centerfy::types::declarations())?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(paths::root().join(licence), folder.join(licence))?;
    }
    // One script an entry: a page that loads it as it is needs one request, not ten.
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(folder)
        .args(ENTRIES.map(|entry| format!("src/{entry}.js")))
        .args([
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--outdir=.",
            "--sourcemap",
        ])
        .args([
            "--external:./centerfy.wasm",
            "--external:./centerfy.wasm?module",
            // Only Deno's entry has it: the default one with a little more.
            "--external:./index.js",
            "--log-level=warning",
        ]);
    run::output(&mut esbuild)?;
    fs::remove_dir_all(&sources)?;
    leave_out_bytes(&folder.join("index.js.map"))
}

/// Takes the module's bytes out of a source map, which nobody reads there: the package would have
/// them a third time.
fn leave_out_bytes(map: &Path) -> Result<()> {
    let mut read: Value = serde_json::from_str(&fs::read_to_string(map)?)?;
    let names = read["sources"].as_array().context("a map has sources")?;
    let at = names.iter().position(|name| name == "src/bytes.js");
    read["sourcesContent"][at.context("the default entry has the bytes")?] = Value::Null;
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
    format!(
        "// Made by `cargo xtask build` from what src/js/mod.rs exports, where each is described.\n\
         export let {};\n\
         export const link = (exports) => {{\n  ({{ {} }} = exports);\n}};\n",
        names.join(", "),
        pairs.join(", ")
    )
}

/// The script with the module's bytes.
///
/// Not base64: that tears bytes apart, so that brotli no longer sees what repeats (900 bytes more).
fn bytes(wasm: &[u8]) -> String {
    let half = "(codes, from, made, at, end) => {\n  while (at < end) {\n    \
                const code = codes[from++];\n    \
                made[at++] = code < 37 ? code * 86 + codes[from++] + 111 : code - 37;\n  }\n  \
                return from;\n};\n";
    let (length, middle) = (wasm.len(), wasm.len() / 2);
    format!(
        "// Made by `cargo xtask build`: centerfy.wasm, a byte as one printable character, or as two\n\
         // where it is 86 or more: the first then says how many times 86 is to be added.\n\
         //\n\
         // The same function twice: one that did it all would be hot enough for V8 to start compiling\n\
         // it, and the module's own compilation would wait for that (2 ms).\n\
         const first = {half}const second = {half}\
         export const bytes = () => {{\n  const codes = new TextEncoder().encode({:?});\n  \
         const made = new Uint8Array({length});\n  \
         second(codes, first(codes, 0, made, 0, {middle}), made, {middle}, {length});\n  \
         return made;\n}};\n",
        printable(wasm),
    )
}

/// Only characters that stand in a script as they are. `\\` is doubled by whoever prints it; there
/// are no quotes but `'`.
pub(super) fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for byte in bytes {
        match byte / 86 {
            0 => {}
            1 => text.push('#'),
            _ => text.push('$'),
        }
        text.push(char::from(b'%' + byte % 86));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::printable;

    /// As the script reads it: what does not fit into a byte falls off.
    fn read(text: &str) -> Vec<u8> {
        let mut codes = text.bytes().map(u32::from);
        let mut bytes = Vec::new();
        while let Some(code) = codes.next() {
            let byte = match code {
                ..37 => code * 86 + codes.next().unwrap_or_default() + 111,
                _ => code - 37,
            };
            bytes.push((byte & 255) as u8);
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
