//! wasm-bindgen, and then only what is called.
//!
//! The module takes and gives numbers, so wasm-bindgen's script has nothing to convert: it is left
//! out, and the exports are linked by a script of a few lines (`scripts.rs`). What stays of it in
//! the module (a table of references, its start, flags of its own) is not called and goes too.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use walrus::ExportItem;
use wasm_bindgen_cli_support::Bindgen;

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
        "the module imports {imports:?}: only numbers may go through its door"
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
