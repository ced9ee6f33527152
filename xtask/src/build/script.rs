//! The module as a script, by binaryen's `wasm2js`, where there is no WebAssembly.

use super::optimize::FEATURES;
use crate::run;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The name of the file.
pub(super) const FILE: &str = "script.js";

/// What begins the end of `wasm2js`'s script, which makes an instance at once: ours makes it at the
/// first call.
const INSTANCE: &str = "\nvar retasmFunc = ";

/// A conversion that saturates: `wasm2js` writes what wraps instead.
struct Saturating {
    /// Its type, and whether that has a sign (`s`) or not (`u`).
    to: &'static str,
    sign: char,
    /// Below and above which numbers it gives `least` and `most`.
    below: &'static str,
    above: &'static str,
    least: &'static str,
    most: &'static str,
}

const SATURATING: [Saturating; 4] = [
    Saturating {
        to: "i32",
        sign: 's',
        below: "-2147483648",
        above: "2147483648",
        least: "-2147483648",
        most: "2147483647",
    },
    Saturating {
        to: "i32",
        sign: 'u',
        below: "0",
        above: "4294967296",
        least: "0",
        most: "-1",
    },
    Saturating {
        to: "i64",
        sign: 's',
        below: "-9223372036854775808",
        above: "9223372036854775808",
        least: "-9223372036854775808",
        most: "9223372036854775807",
    },
    Saturating {
        to: "i64",
        sign: 'u',
        below: "0",
        above: "18446744073709551616",
        least: "0",
        most: "-1",
    },
];

impl Saturating {
    fn instruction(&self) -> String {
        format!("{}.trunc_sat_f64_{}", self.to, self.sign)
    }

    /// A function that does the same with what every runtime has. Not a number becomes 0.
    fn function(&self) -> String {
        let Self {
            to,
            sign,
            below,
            above,
            least,
            most,
        } = self;
        let name = self.instruction();
        let when = |test: &str, then: &str, or: &str| {
            format!("(if (result {to}) (f64.{test}) (then {then}) (else {or}))")
        };
        let small = when(
            &format!("le (local.get 0) (f64.const {below})"),
            &format!("({to}.const {least})"),
            &format!("({to}.const 0)"),
        );
        let fitting = when(
            &format!("gt (local.get 0) (f64.const {below})"),
            &format!("({to}.trunc_f64_{sign} (local.get 0))"),
            &small,
        );
        let any = when(
            &format!("ge (local.get 0) (f64.const {above})"),
            &format!("({to}.const {most})"),
            &fitting,
        );
        format!("(func ${name} (param f64) (result {to}) {any})")
    }
}

/// Writes `script.js` into `folder`: it exports `instantiate`, which gives what an instance of the
/// module exports.
pub(super) fn write(tools: &Path, folder: &Path, wasm: &[u8]) -> Result<()> {
    let file = |name: &str| folder.join(name);
    let (module, text, plain, script) = (
        file("module.wasm"),
        file("module.wat"),
        file("plain.wasm"),
        file(FILE),
    );
    fs::write(&module, wasm)?;
    binaryen(tools, "wasm-dis", &[], &module, &text)?;
    fs::write(&text, without_saturation(fs::read_to_string(&text)?)?)?;
    binaryen(tools, "wasm-as", &[], &text, &plain)?;
    binaryen(tools, "wasm2js", &["-O"], &plain, &script)?;
    let made = fs::read_to_string(&script)?;
    let (functions, _) = made
        .split_once(INSTANCE)
        .context("wasm2js ends its script in another way")?;
    fs::write(
        &script,
        format!("{functions}\nexport {{ asmFunc as instantiate }};\n"),
    )?;
    for file in [module, text, plain] {
        fs::remove_file(file)?;
    }
    Ok(())
}

/// The module's text with calls in the place of conversions that saturate.
fn without_saturation(mut text: String) -> Result<String> {
    let mut functions = String::new();
    for conversion in &SATURATING {
        let instruction = conversion.instruction();
        if text.contains(&instruction) {
            text = text.replace(&instruction, &format!("call ${instruction}"));
            writeln!(functions, "{}", conversion.function())?;
        }
    }
    ensure!(
        !text.contains("trunc_sat_f32"),
        "the module has a conversion that the script cannot make"
    );
    let open = text.trim_end().strip_suffix(')').context("no module")?;
    Ok(format!("{open}{functions})\n"))
}

fn binaryen(tools: &Path, tool: &str, how: &[&str], from: &Path, to: &Path) -> Result<()> {
    run::output(
        Command::new(tools.join(".bin").join(tool))
            .args(how)
            .args(FEATURES)
            .arg(from)
            .arg("-o")
            .arg(to),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::without_saturation;

    #[test]
    fn conversions_that_saturate_become_calls() -> anyhow::Result<()> {
        let text = without_saturation("(module (i32.trunc_sat_f64_u (local.get 0)))\n".into())?;
        assert!(text.contains("(call $i32.trunc_sat_f64_u (local.get 0))"));
        assert!(text.contains("(func $i32.trunc_sat_f64_u (param f64) (result i32)"));
        assert!(!text.contains("i64"));
        assert!(without_saturation("(module (i32.trunc_sat_f32_u))".into()).is_err());
        Ok(())
    }
}
