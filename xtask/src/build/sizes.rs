//! How large the package is where it is used.

use super::cache::{self, Inputs};
use crate::{packages, run};
use anyhow::{Context, Result};
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Bytes: as they are, with gzip 9, with brotli 11.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
}

/// The whole client: with the module as a file, and as the default entry is bundled for a browser.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sizes {
    pub(crate) wasm: Size,
    /// The script without the module, minified.
    pub(crate) script: Size,
    /// The default entry, bundled and minified by esbuild.
    pub(crate) bundled: Size,
    /// `centerfy/runs`, without the client.
    pub(crate) runs: Size,
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "bytes                       raw    gzip  brotli")?;
        let both = Size {
            raw: self.wasm.raw + self.script.raw,
            gzip: self.wasm.gzip + self.script.gzip,
            brotli: self.wasm.brotli + self.script.brotli,
        };
        let rows = [
            ("module (.wasm)", self.wasm),
            ("script, minified", self.script),
            ("both", both),
            ("default entry, bundled", self.bundled),
            ("centerfy/runs", self.runs),
        ];
        for (name, size) in rows {
            writeln!(
                f,
                "{name:<23}{:>8}{:>8}{:>8}",
                size.raw, size.gzip, size.brotli
            )?;
        }
        Ok(())
    }
}

/// Minifies with esbuild as an application would.
pub(super) fn measure(tools: &Path, folder: &Path) -> Result<Sizes> {
    let bundle = |entry: &str| -> Result<Size> {
        let mut command = Command::new(tools.join(".bin/esbuild"));
        command
            .current_dir(folder)
            .args([
                entry,
                "--bundle",
                "--minify",
                "--format=esm",
                "--log-level=warning",
            ])
            .args([
                "--platform=browser",
                "--target=es2022",
                "--external:./centerfy.wasm",
            ]);
        size_of(entry, run::output(&mut command)?.as_bytes())
    };
    Ok(Sizes {
        wasm: size_of("module", &fs::read(folder.join("centerfy.wasm"))?)?,
        script: bundle("workerd.js")?,
        bundled: bundle("index.js")?,
        runs: size_of("runs", &fs::read(folder.join("runs/index.js"))?)?,
    })
}

/// The size with brotli 11.
pub(super) fn brotli(bytes: &[u8]) -> Result<usize> {
    Ok(size(bytes)?.brotli)
}

/// The sizes of what is called `name`, computed again only for other bytes.
pub(super) fn size_of(name: &str, bytes: &[u8]) -> Result<Size> {
    const SIZES: &str = "sizes.json";
    let inputs = Inputs::new()?.bytes(bytes);
    let step = format!("size-{}", name.replace(['/', '.'], "-"));
    let made = cache::step(&step, &inputs, |folder| {
        let Size { raw, gzip, brotli } = size(bytes)?;
        fs::write(
            folder.join(SIZES),
            serde_json::to_vec(&[raw, gzip, brotli])?,
        )?;
        Ok(())
    })?;
    let [raw, gzip, brotli] = serde_json::from_slice(&fs::read(made.join(SIZES))?)?;
    Ok(Size { raw, gzip, brotli })
}

/// Node has both compressions.
fn size(bytes: &[u8]) -> Result<Size> {
    const SCRIPT: &str = "const z=require('zlib'),b=require('fs').readFileSync(0);\
        console.log(b.length,z.gzipSync(b,{level:9}).length,z.brotliCompressSync(b).length)";
    let mut child = Command::new(packages::node()?)
        .args(["-e", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    child
        .stdin
        .take()
        .context("node takes no input")?
        .write_all(bytes)?;
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse);
    let mut next = || -> Result<usize> { Ok(numbers.next().context("node said nothing")??) };
    Ok(Size {
        raw: next()?,
        gzip: next()?,
        brotli: next()?,
    })
}
