//! The scripts and the types of the package: what is written by hand in `pkg-template/`, and what
//! is made from the crate.

use super::tables;
use crate::{paths, run};
use anyhow::{Context, Result};
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
fn bytes(wasm: &[u8]) -> String {
    format!(
        "// Made by `cargo xtask build`: centerfy.wasm in base64.\n\
         export const bytes = () => Uint8Array.from(atob({:?}), (char) => char.charCodeAt(0));\n",
        base64(wasm)
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_as_in_rfc_4648() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
