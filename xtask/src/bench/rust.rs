//! What two operations cost a Rust program: the apps in `tests/bench/rust/`, made as one makes them
//! for a page. `tests/bench/rust.mjs` measures what is left in `tests/bench/out/rust/`.

use crate::toolchain::{self, TARGET, WasmToolchain};
use crate::{packages, paths, run, say};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The folders of the apps.
const APPS: [&str; 3] = ["gloo-net", "centerfy", "reqwest"];

/// Named one by one, as rustc's std needs them: `--all-features` writes what Node 20 refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes each app: `app.js` and `app_bg.wasm` in a folder of its name.
pub(crate) fn apps() -> Result<()> {
    let toolchain = toolchain::wasm_with_std()?;
    let tools = packages::npm("xtask")?;
    let out = paths::root().join("tests/bench/out/rust");
    let step = say::long("Compiling the Rust apps", "two minutes the first time");
    for app in APPS {
        let compiled = compile(&toolchain, app)?;
        let folder = out.join(app);
        fs::create_dir_all(&folder)?;
        bind(&compiled, &folder).with_context(|| format!("wasm-bindgen cannot read {app}"))?;
        optimize(&tools, &folder.join("app_bg.wasm"))?;
    }
    step.done();
    Ok(())
}

/// One app a time, so that none has a feature of a dependency that only another asked for.
fn compile(toolchain: &WasmToolchain, app: &str) -> Result<PathBuf> {
    let target = paths::target().join("bench-rust");
    let package = format!("bench-{app}");
    run::output(
        toolchain
            .command()
            .args(["build", "--quiet", "--release", "--locked"])
            .args(["--target", TARGET, "--package", &package])
            .arg("--manifest-path")
            .arg(paths::root().join("tests/bench/rust/Cargo.toml"))
            .env("CARGO_TARGET_DIR", &target),
    )?;
    let file = package.replace('-', "_") + ".wasm";
    Ok(target.join(TARGET).join("release").join(file))
}

fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .input_path(compiled)
        .out_name("app")
        .generate(folder)
}

fn optimize(tools: &Path, module: &Path) -> Result<()> {
    run::output(
        Command::new(tools.join(".bin/wasm-opt"))
            .args(["-Oz", "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(module)
            .arg("-o")
            .arg(module),
    )?;
    Ok(())
}
