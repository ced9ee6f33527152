//! Debian's Rust, which has the sources of std but no std for wasm32.

use super::{TARGET, found, found::Rust};
use crate::{packages, paths, run, say};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

const PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];

pub(super) fn can_install() -> bool {
    packages::has_apt()
}

pub(super) fn install() -> Result<()> {
    packages::apt(PACKAGES, "half a minute")
}

/// Clippy of the same version.
pub(super) fn install_clippy() -> Result<()> {
    packages::apt(&["rust-web-clippy"], "a quarter of a minute")
}

/// Debian's Rust, if it is here with the sources of std.
fn debians() -> Option<Rust> {
    let usr = Path::new("/usr");
    found::all()
        .into_iter()
        .find(|rust| rust.sysroot == usr && rust.has_sources())
}

/// Whether `install_std` has all it needs.
pub(super) fn is_here() -> bool {
    packages::has_apt() && debians().is_some()
}

/// Builds std once and puts it where Debian's rustc looks for it. From then on plain cargo compiles
/// for wasm32, as with rustup's target.
pub(super) fn install_std() -> Result<()> {
    let rust = debians().context("Debian's Rust is not here with its sources")?;
    let step = say::long("Compiling std for wasm32, once", "about a minute");
    // Of no workspace, and empty: only what std brings along is wanted.
    let work = paths::target().join("web-std");
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("Cargo.toml"), MANIFEST)?;
    fs::write(work.join("src").join("lib.rs"), "")?;
    let mut cargo = Command::new(&rust.cargo);
    super::clean(&mut cargo);
    let build = cargo
        .args(["build", "--quiet", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,test")
        .current_dir(&work)
        .env("RUSTC", &rust.rustc)
        .env("PATH", rust.path())
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode, a release build with LTO could not use it.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", work.join("target"));
    run::output(build)?;
    let made = work
        .join("target")
        .join(TARGET)
        .join("release")
        .join("deps");
    put(&made, &rust).context("cannot install std for wasm32")?;
    let _ = fs::remove_dir_all(&work);
    step.done();
    Ok(())
}

/// Copies the libraries beside their place and then swaps, so that half a std is never seen.
fn put(made: &Path, rust: &Rust) -> Result<()> {
    let place = rust.wasm_folder();
    let fresh = place.with_extension(format!("new-{}", std::process::id()));
    fs::create_dir_all(fresh.join("lib"))?;
    for file in fs::read_dir(made)? {
        let file = file?;
        let name = file.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            fs::copy(file.path(), fresh.join("lib").join(&name))?;
        }
    }
    fs::write(fresh.join(found::STAMP), &rust.version)?;
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::rename(&fresh, &place)?;
    Ok(())
}

const MANIFEST: &str = "\
[package]
name = \"empty\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]
";
