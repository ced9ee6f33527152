//! The crate to WebAssembly.

use crate::toolchain::{TARGET, WasmToolchain};
use crate::{run, say};
use anyhow::Result;
use std::path::PathBuf;

pub(super) struct Compiled {
    pub(super) file: PathBuf,
    pub(super) way: &'static str,
}

/// A stack of 16 KiB instead of 1 MiB, so that the module's first memory is one page.
const FLAGS: &str = "-Clink-arg=-zstack-size=16384";

/// Of the CPU's features only those that make the module smaller and that every runtime has. A
/// prebuilt std comes with features of its own, which wasm-bindgen then expects of the crate too.
const CPU: &str = "-Ctarget-cpu=mvp \
    -Ctarget-feature=+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals";

/// A panic becomes a trap at once, with no message and nothing to format it: 2.6 KB less (brotli).
/// No panic is reachable, clippy's lints see to that. Needs std to be built along.
const ABORT: &str = "-Zunstable-options -Cpanic=immediate-abort";

pub(super) fn compile(toolchain: &WasmToolchain, plain_std: bool) -> Result<Compiled> {
    let build_std = toolchain.builds_std && !plain_std;
    let mut command = toolchain.command();
    command
        .args([
            "build",
            "--quiet",
            "--lib",
            "--package",
            "centerfy",
            "--profile",
            "npm",
        ])
        .args([
            "--target",
            TARGET,
            "--no-default-features",
            "--features",
            "npm",
        ]);
    let mut flags = String::from(FLAGS);
    let mut target = toolchain.target_dir.clone();
    if build_std {
        command.arg("-Zbuild-std=std,panic_abort");
        flags = format!("{FLAGS} {CPU} {ABORT}");
    } else {
        target = target.join("plain");
        command.env("CARGO_TARGET_DIR", &target);
    }
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    let way = if build_std {
        super::BUILT_ALONG
    } else {
        "prebuilt std"
    };
    let step = say::long(
        &format!("compiling the module, {way}"),
        if build_std {
            "a minute the first time"
        } else {
            "half a minute the first time"
        },
    );
    run::output(&mut command)?;
    step.done();
    Ok(Compiled {
        file: target.join(TARGET).join("npm").join("centerfy.wasm"),
        way,
    })
}
