//! wasm-bindgen, and then only what is called.
//!
//! The module takes and gives numbers, so wasm-bindgen's script has nothing to convert: it is left
//! out, and the exports are linked by a script of a few lines (`scripts.rs`). What stays of it in
//! the module (a table of references, its start, flags of its own) is not called and goes too.

use super::cache::{self, Inputs};
use super::{optimize, script};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use walrus::ExportItem;
use wasm_bindgen_cli_support::Bindgen;

/// The module as the package has it.
pub(super) struct Module {
    pub(super) wasm: Vec<u8>,
    /// What it exports: the name in Rust, the name in the module.
    pub(super) exports: Vec<(String, String)>,
    /// The file of the module as a script.
    pub(super) script: PathBuf,
}

/// Makes the module from the file that rustc made, unless that is still the same.
pub(super) fn make(tools: &Path, compiled: &Path) -> Result<Module> {
    const WASM: &str = "centerfy.wasm";
    const EXPORTS: &str = "exports.json";
    let inputs = Inputs::new()?.path(compiled)?;
    let made = cache::step("module", &inputs, |folder| {
        let bound = bind(compiled)?;
        let wasm = optimize::optimize(tools, &bound.bytes)?;
        fs::write(folder.join(WASM), &wasm)?;
        fs::write(folder.join(EXPORTS), serde_json::to_vec(&bound.exports)?)?;
        script::write(tools, folder, &wasm)
    })?;
    Ok(Module {
        wasm: fs::read(made.join(WASM))?,
        exports: serde_json::from_slice(&fs::read(made.join(EXPORTS))?)?,
        script: made.join(script::FILE),
    })
}

/// The module and what it exports: the name in Rust, the name in the module.
pub(super) struct Bound {
    pub(super) bytes: Vec<u8>,
    pub(super) exports: Vec<(String, String)>,
}

/// Short names save 160 bytes (brotli).
pub(super) fn bind(file: &Path) -> Result<Bound> {
    let mut output = Bindgen::new()
        .bundler(true)?
        .typescript(false)
        .remove_producers_section(true)
        .input_path(file)
        .generate_output()
        .context("wasm-bindgen cannot read what rustc made")?;
    let module = output.wasm_mut();
    let mut exports = Vec::new();
    let all: Vec<_> = module
        .exports
        .iter()
        .map(|e| (e.id(), e.name.clone(), e.item))
        .collect();
    for (id, name, item) in all {
        if name.starts_with("__") || !matches!(item, ExportItem::Function(_)) {
            module.exports.delete(id);
            continue;
        }
        let short = short(exports.len());
        module.exports.get_mut(id).name.clone_from(&short);
        exports.push((name, short));
    }
    walrus::passes::gc::run(module);
    let imports: Vec<_> = module
        .imports
        .iter()
        .map(|import| import.name.clone())
        .collect();
    ensure!(
        imports.is_empty(),
        "the module imports {imports:?}: only numbers may cross its boundary"
    );
    Ok(Bound {
        bytes: module.emit_wasm(),
        exports,
    })
}

/// `a`, `b`, … `z`, `ba`, …
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return name;
        }
    }
}
