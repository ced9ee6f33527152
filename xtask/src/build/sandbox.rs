//! `centerfy/sandbox`: the crate `sandbox/wasm` as WebAssembly, and `pkg-template/sandbox/` around it.
//!
//! compile → wasm-bindgen → wasm-opt → types → esbuild.

use super::cache::{self, Inputs};
use super::generated::Generated;
use super::scripts::{declare, made, printable};
use super::sizes::{self, Size};
use crate::toolchain::{self, TARGET, WasmToolchain};
use crate::{paths, run, say};
use anyhow::{Context, Result};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The entries, each of which becomes one script.
const ENTRIES: [&str; 3] = ["index", "workerd", "edge-light"];
const MODULE: &str = "sandbox.wasm";

/// What an import of `centerfy/sandbox` costs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SandboxSizes {
    pub(crate) wasm: Size,
    /// The script without the module, minified.
    pub(crate) script: Size,
    /// The default entry, with the module inside, bundled and minified.
    pub(crate) bundled: Size,
}

impl fmt::Display for SandboxSizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, size) in [
            ("sandbox: module (.wasm)", self.wasm),
            ("sandbox: script", self.script),
            ("sandbox: default entry", self.bundled),
        ] {
            writeln!(
                f,
                "{name:<23}{:>8}{:>8}{:>8}",
                size.raw, size.gzip, size.brotli
            )?;
        }
        Ok(())
    }
}

/// Writes `sandbox/` into the package's folder.
pub(super) fn write(
    tools: &Path,
    toolchain: &WasmToolchain,
    folder: &Path,
    generated: &mut Generated,
) -> Result<SandboxSizes> {
    let sources = paths::root().join("pkg-template/sandbox");
    let module = module(tools, &compile(toolchain)?)?;
    generate(&sources, &module, generated)?;
    let package = folder.join("sandbox");
    fs::create_dir_all(&package)?;
    fs::copy(module.join(MODULE), package.join(MODULE))?;
    declare(
        &package,
        "index",
        &fs::read_to_string(sources.join("api.d.ts"))?,
    )?;
    declare(&package, "types", &centerfy_sandbox::declarations())?;
    bundle(tools, &sources, &package)?;
    bundle_common(tools, &sources, &package)?;
    measure(tools, &package)
}

/// Writes what is made from Rust: TypeScript, and the JavaScript that differs with the compiler.
fn generate(sources: &Path, module: &Path, generated: &mut Generated) -> Result<()> {
    let folder = sources.join("generated");
    fs::create_dir_all(&folder)?;
    let types = centerfy_sandbox::declarations();
    generated.write(&sources.join("types.d.ts"), &types)?;
    for name in ["module.d.ts", "bytes.d.ts"] {
        let text = fs::read_to_string(module.join(name))?;
        generated.write(&folder.join(name), &made(&text))?;
    }
    for name in ["module.js", "bytes.js"] {
        fs::copy(module.join(name), folder.join(name))?;
    }
    Ok(())
}

/// The folder of the module, its script and its bytes as a script, with their types: made from the
/// file that rustc made, unless that is still the same.
fn module(tools: &Path, compiled: &Path) -> Result<PathBuf> {
    let inputs = Inputs::new()?.path(compiled)?;
    cache::step("sandbox-module", &inputs, |folder| {
        let wasm = optimize(tools, &bind(compiled, folder)?, folder)?;
        fs::write(folder.join("bytes.js"), bytes(&wasm))?;
        fs::write(folder.join("bytes.d.ts"), BYTES)?;
        Ok(())
    })
}

fn compile(toolchain: &WasmToolchain) -> Result<PathBuf> {
    let mut command = toolchain.command();
    command
        .args(["build", "--quiet", "--package", "centerfy-sandbox-wasm"])
        .args(["--profile", "npm", "--target", TARGET]);
    // Panics name their files; where this machine has them is private.
    if let Some(home) = cargo_home() {
        let flag = format!("--remap-path-prefix={}=cargo", home.display());
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flag);
    }
    // Other flags are another build: beside the tests' own, not instead of it.
    let target = toolchain::target_dir().join("sandbox");
    command.env("CARGO_TARGET_DIR", &target);
    let step = say::long("compiling the sandbox's module", "a minute the first time");
    run::output(&mut command)?;
    step.done();
    Ok(target
        .join(TARGET)
        .join("npm")
        .join("centerfy_sandbox_wasm.wasm"))
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// wasm-bindgen for bundlers: its script takes the module's exports from the script that made the instance,
/// so how the module is loaded is ours to say (`load.ts`).
fn bind(file: &Path, generated: &Path) -> Result<Vec<u8>> {
    Bindgen::new()
        .bundler(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .input_path(file)
        .out_name("module")
        .generate(generated)
        .context("wasm-bindgen cannot read what rustc made")?;
    // What it made for bundlers that know WebAssembly by themselves: not all do.
    fs::rename(generated.join("module_bg.js"), generated.join("module.js"))?;
    fs::remove_file(generated.join("module_bg.wasm.d.ts"))?;
    let module = generated.join("module_bg.wasm");
    let bytes = fs::read(&module)?;
    fs::remove_file(&module)?;
    Ok(bytes)
}

fn optimize(tools: &Path, module: &[u8], generated: &Path) -> Result<Vec<u8>> {
    let (input, output) = (generated.join("bound.wasm"), generated.join(MODULE));
    fs::write(&input, module)?;
    run::output(
        Command::new(tools.join(".bin/wasm-opt"))
            // Flattened first: 2.6 KB less on a disk, where it is twice.
            .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--converge"])
            .args(["--strip-debug", "--strip-producers"])
            // What the prebuilt std is compiled for; Node 20 has all of it.
            .args(["--enable-bulk-memory", "--enable-sign-ext"])
            .args(["--enable-nontrapping-float-to-int", "--enable-mutable-globals"])
            .args(["--enable-reference-types", "--enable-multivalue"])
            .arg(&input)
            .arg("-o")
            .arg(&output),
    )?;
    fs::remove_file(&input)?;
    Ok(fs::read(&output)?)
}

/// What [`bytes`] declares.
const BYTES: &str = "\
/** How many bytes the module has. */
export const length: number;
/** The bytes, the most frequent one first. */
export const order: number[];
/** Of each byte its place in `order`, printed. */
export const printed: string;
";

/// The module's bytes as a script; `bytes.ts` of the template reads them. Printed is not a byte but
/// its place among all bytes, the most frequent one first, so that few take two characters.
fn bytes(wasm: &[u8]) -> String {
    let mut counts = [0_u32; 256];
    for byte in wasm {
        counts[usize::from(*byte)] += 1;
    }
    let mut order: Vec<u8> = (0..=255).collect();
    order.sort_by_key(|byte| std::cmp::Reverse(counts[usize::from(*byte)]));
    let mut places = [0_u8; 256];
    for (place, byte) in (0..=255).zip(&order) {
        places[usize::from(*byte)] = place;
    }
    let placed: Vec<u8> = wasm.iter().map(|byte| places[usize::from(*byte)]).collect();
    format!(
        "// Made by `cargo xtask build`: {MODULE}, of each byte its place in `order` as one printable\n\
         // character, or as two where it is 86 or more: the first then says how many times 86 is to\n\
         // be added.\n\
         export const length = {};\n\
         export const order = {order:?};\n\
         export const printed = {:?};\n",
        wasm.len(),
        printable(&placed)
    )
}

fn bundle(tools: &Path, sources: &Path, package: &Path) -> Result<()> {
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(sources)
        .args(ENTRIES.map(|entry| format!("{entry}.ts")))
        .args(["--bundle", "--format=esm", "--target=es2022"])
        // What the entries share is one file: all but the module's bytes.
        .args(["--splitting", "--chunk-names=shared", "--minify"])
        .arg(format!("--outdir={}", package.display()))
        .args([
            "--external:./sandbox.wasm",
            "--external:./sandbox.wasm?module",
            "--inject:./text.ts",
            "--log-level=warning",
        ]);
    run::output(&mut esbuild)?;
    Ok(())
}

/// The entry for `require`.
fn bundle_common(tools: &Path, sources: &Path, package: &Path) -> Result<()> {
    let mut esbuild = Command::new(tools.join(".bin/esbuild"));
    esbuild
        .current_dir(sources)
        .args([
            "common.ts",
            "--bundle",
            "--minify",
            "--format=cjs",
            "--platform=node",
        ])
        .args([
            "--target=es2022",
            "--inject:./text.ts",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", package.join("index.cjs").display()));
    run::output(&mut esbuild)?;
    Ok(())
}

/// Minifies with esbuild as an application would.
fn measure(tools: &Path, package: &Path) -> Result<SandboxSizes> {
    let bundled = |entry: &str| -> Result<Size> {
        let mut command = Command::new(tools.join(".bin/esbuild"));
        command
            .current_dir(package)
            .args([entry, "--bundle", "--minify", "--format=esm"])
            .args(["--platform=browser", "--target=es2022"])
            .args(["--external:./sandbox.wasm", "--log-level=warning"]);
        sizes::size_of(
            &format!("sandbox-{entry}"),
            run::output(&mut command)?.as_bytes(),
        )
    };
    Ok(SandboxSizes {
        wasm: sizes::size_of("sandbox-module", &fs::read(package.join(MODULE))?)?,
        script: bundled("workerd.js")?,
        bundled: bundled("index.js")?,
    })
}
