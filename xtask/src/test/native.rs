//! Rust tests on this machine.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{paths, toolchain};
use anyhow::Result;
use std::process::Command;

/// The crate's features, each of which compiles without the others.
const ALONE: [&str; 5] = ["types", "client", "native", "transport", "typescript"];

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    // The documentation's examples too: cargo runs them unless kinds of targets are named.
    let mut cargo = Command::new(toolchain::native_cargo());
    cargo.args([
        "test",
        "--workspace",
        "--quiet",
        "--no-fail-fast",
        "--features",
    ]);
    cargo.args([
        "centerfy/types,centerfy/typescript,centerfy/client,centerfy/transport",
        "--",
    ]);
    cargo.args(&context.words).current_dir(paths::root());
    checks.run("cargo test", &mut cargo)?;
    for features in ALONE {
        let mut cargo = Command::new(toolchain::native_cargo());
        cargo
            .args(["check", "--quiet", "--package", "centerfy", "--lib"])
            .args(["--no-default-features", "--features", features])
            .current_dir(paths::root());
        checks.run(&format!("cargo check with `{features}` alone"), &mut cargo)?;
        let mut cargo = Command::new(toolchain::native_cargo());
        cargo
            .args([
                "doc",
                "--quiet",
                "--no-deps",
                "--package",
                "centerfy",
                "--lib",
            ])
            .args(["--no-default-features", "--features", features])
            .env("RUSTDOCFLAGS", "-Dwarnings")
            .current_dir(paths::root());
        checks.run(&format!("cargo doc with `{features}` alone"), &mut cargo)?;
    }
    Ok(Outcome::Ran(checks.end()))
}
