//! The fuzz targets in fuzz/, each for a few seconds.
//!
//! Built by cargo itself, with the coverage that libFuzzer steers by. cargo-fuzz adds a sanitizer,
//! and needs a nightly compiler for it: in safe Rust, which is all that there is, it has nothing to find.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{paths, run, say, toolchain};
use anyhow::{Context as _, Result};
use std::process::Command;

const SECONDS: u32 = 10;

/// What cargo-fuzz sets, but for the sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cdebug-assertions -Ccodegen-units=1 \
-Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

const TARGETS: [&str; 4] = ["headers", "answers", "requests", "schedules"];

pub(super) fn run(context: &Context) -> Result<Outcome> {
    if !cfg!(unix) || (paths::on_path("c++").is_none() && std::env::var_os("CXX").is_none()) {
        return Ok(Outcome::Left(
            "libFuzzer needs a C++ compiler, and a Unix".into(),
        ));
    }
    let host = host()?;
    let target = paths::target().join("fuzz");
    let step = say::long("Compiling the fuzz targets", "a minute the first time");
    run::output(
        Command::new(toolchain::native_cargo())
            .args(["build", "--quiet", "--release", "--target", &host])
            .args(["--manifest-path", "fuzz/Cargo.toml"])
            .env("RUSTFLAGS", FLAGS)
            .env("CARGO_TARGET_DIR", &target)
            .current_dir(paths::root()),
    )?;
    step.done();
    let mut checks = Checks::new(context.verbose);
    let step = say::long(
        "Fuzzing",
        &format!("{} seconds", TARGETS.len() as u32 * SECONDS),
    );
    for name in TARGETS {
        // What was found before is where it goes on from.
        let corpus = target.join("corpus").join(name);
        std::fs::create_dir_all(&corpus)?;
        let ran = run::output(
            Command::new(target.join(&host).join("release").join(name))
                .arg(format!("-max_total_time={SECONDS}"))
                .arg(format!("-artifact_prefix={}/", target.display()))
                .arg(&corpus)
                .args(&context.words),
        );
        checks.one(name, ran.map(drop));
    }
    step.done();
    Ok(Outcome::Ran(checks.end()))
}

/// The triple of this machine: with it cargo leaves build scripts without coverage.
fn host() -> Result<String> {
    let version = run::output(Command::new("rustc").arg("-vV"))?;
    let line = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc -vV names no host")?;
    Ok(line.to_owned())
}
