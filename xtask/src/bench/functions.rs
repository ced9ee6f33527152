//! Where the module's bytes go, function by function.

use crate::build;
use anyhow::Result;
use std::collections::BTreeMap;

/// Bytes of code by function, of the default build. Functions of one name are added up.
pub(crate) fn functions() -> Result<BTreeMap<String, usize>> {
    read(&build::module_with_names()?)
}

fn read(wasm: &[u8]) -> Result<BTreeMap<String, usize>> {
    let module = walrus::Module::from_buffer(wasm)?;
    let mut functions = BTreeMap::new();
    for (_, function) in module.funcs.iter_local() {
        let bytes = function
            .original_range
            .as_ref()
            .map_or(0, |range| range.len());
        *functions.entry(name(&module, function)).or_default() += bytes;
    }
    Ok(functions)
}

fn name(module: &walrus::Module, function: &walrus::LocalFunction) -> String {
    let found = module
        .funcs
        .iter()
        .find(|f| matches!(&f.kind, walrus::FunctionKind::Local(local) if std::ptr::eq(local, function)));
    let name = found.and_then(|f| f.name.clone());
    without_hash(&name.unwrap_or_else(|| "(no name)".into())).to_owned()
}

/// `a::b::h0123456789abcdef` without its end, which changes from build to build.
fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((start, hash))
            if hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) =>
        {
            start
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn names_are_the_same_in_every_build() {
        assert_eq!(
            without_hash("centerfy::call::Call::timer::h0123456789abcdef"),
            "centerfy::call::Call::timer"
        );
        assert_eq!(without_hash("field"), "field");
        assert_eq!(without_hash("a::hello"), "a::hello");
    }
}
