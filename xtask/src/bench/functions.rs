//! Where the module's bytes go, function by function.

use crate::{build, paths};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;

/// Bytes of code by function.
pub(crate) type Functions = BTreeMap<String, usize>;

/// Bytes of code by function, of the default build. Functions of one name are added up.
pub(crate) fn functions() -> Result<Functions> {
    read(&build::module_with_names()?)
}

fn read(wasm: &[u8]) -> Result<Functions> {
    let module = walrus::Module::from_buffer(wasm)?;
    let mut functions = BTreeMap::new();
    for function in module.funcs.iter() {
        if let walrus::FunctionKind::Local(local) = &function.kind {
            let bytes = local.original_range.as_ref().map_or(0, Range::len);
            let name = function.name.as_deref().unwrap_or("(no name)");
            *functions.entry(without_hash(name)).or_default() += bytes;
        }
    }
    Ok(functions)
}

/// What was measured when the tables were last made (`cargo xtask bench` writes it).
const KEPT: &str = "tests/bench/functions.json";

/// Keeps them for [`grown`].
pub(crate) fn keep(functions: &Functions) -> Result<()> {
    let text = serde_json::to_string_pretty(functions)? + "\n";
    Ok(fs::write(paths::root().join(KEPT), text)?)
}

/// The functions that are larger than they were, the most grown first, one a line.
pub(crate) fn grown() -> Result<String> {
    let kept = fs::read_to_string(paths::root().join(KEPT))
        .with_context(|| format!("no {KEPT} to compare with"))?;
    Ok(compare(&serde_json::from_str(&kept)?, &functions()?))
}

fn compare(old: &Functions, new: &Functions) -> String {
    let mut grown: Vec<_> = new
        .iter()
        .map(|(name, bytes)| (name, *bytes, old.get(name).copied().unwrap_or_default()))
        .filter(|(_, new, old)| new > old)
        .collect();
    grown.sort_by_key(|(_, new, old)| std::cmp::Reverse(new - old));
    if grown.is_empty() {
        return "no function of the module grew: it is the scripts".into();
    }
    let lines: Vec<_> = grown
        .iter()
        .map(|(name, new, old)| format!("{name}: {old} to {new} bytes of code"))
        .collect();
    lines.join("\n")
}

/// `centerfy[5b3c796f517adf0d]::call::timer`, or in older compilers `centerfy::call::timer::h5b3c…`,
/// without the hash, which changes with the compiler.
fn without_hash(name: &str) -> String {
    let is_hash =
        |text: &str| text.len() == 16 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let name = match name.rsplit_once("::h") {
        Some((start, hash)) if is_hash(hash) => start,
        _ => name,
    };
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => plain += rest,
            _ => plain += &format!("[{part}"),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Functions, compare, without_hash};

    #[test]
    fn what_grew_most_comes_first() {
        let functions = |pairs: &[(&str, usize)]| -> Functions {
            pairs
                .iter()
                .map(|(name, bytes)| ((*name).into(), *bytes))
                .collect()
        };
        let old = functions(&[("a", 10), ("b", 20), ("c", 30)]);
        let new = functions(&[("a", 12), ("b", 20), ("c", 29), ("d", 9)]);
        assert_eq!(
            compare(&old, &new),
            "d: 0 to 9 bytes of code\na: 10 to 12 bytes of code"
        );
        assert!(compare(&old, &old).contains("no function"));
    }

    #[test]
    fn names_are_the_same_in_every_build() {
        let plain = [
            (
                "<centerfy[5b3c796f517adf0d]::call::Call>::timer",
                "<centerfy::call::Call>::timer",
            ),
            (
                "centerfy::call::Call::timer::h0123456789abcdef",
                "centerfy::call::Call::timer",
            ),
            (
                "<&[u8] as core[34bf945fbed1ecbd]::Iter>::next",
                "<&[u8] as core::Iter>::next",
            ),
            ("field", "field"),
            ("a::hello", "a::hello"),
        ];
        for (name, wanted) in plain {
            assert_eq!(without_hash(name), wanted);
        }
    }
}
