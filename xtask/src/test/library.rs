//! The library as its users get it: packed, unpacked elsewhere, and tested there.

use super::{Outcome, checks::Checks};
use crate::context::Context;
use crate::{paths, run, say, toolchain};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let mut checks = Checks::new(context.verbose);
    let step = say::long(
        "Packing the library and testing what was packed",
        "a minute",
    );
    checks.run("cargo publish --dry-run", &mut publish())?;
    let crate_folder = unpack()?;
    checks.run(
        "cargo test of the packed crate",
        &mut cargo(&crate_folder, &["test", "--quiet"]),
    )?;
    let mut doc = cargo(&crate_folder, &["doc", "--quiet", "--no-deps"]);
    checks.run("cargo doc", doc.env("RUSTDOCFLAGS", "-Dwarnings"))?;
    step.done();
    Ok(Outcome::Ran(checks.end()))
}

/// What cargo would publish: it packs and compiles it, and uploads nothing.
fn publish() -> Command {
    let mut publish = cargo(&paths::root(), &["publish", "--dry-run", "--quiet"]);
    // A test may run in a tree with changes; `cargo xtask release` wants a clean tree.
    publish.args(["--package", "centerfy", "--allow-dirty"]);
    publish
}

/// Unpacks what is published, and gives its folder.
fn unpack() -> Result<PathBuf> {
    let packed = target().join("package");
    let mut package = cargo(&paths::root(), &["package", "--no-verify", "--quiet"]);
    run::output(package.args(["--package", "centerfy", "--allow-dirty"]))?;
    let is_crate = |path: &PathBuf| path.extension().is_some_and(|end| end == "crate");
    let file = fs::read_dir(&packed)?
        .filter_map(|file| Some(file.ok()?.path()))
        .find(is_crate)
        .context("cargo packed no crate")?;
    let place = target().join("unpacked");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::create_dir_all(&place)?;
    let mut tar = Command::new("tar");
    run::output(tar.arg("-xzf").arg(&file).arg("-C").arg(&place))?;
    let folder = place.join(file.file_stem().context("a crate has a name")?);
    // Of no workspace, although it stands below one.
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)? + "\n[workspace]\n";
    fs::write(manifest, text)?;
    Ok(folder)
}

fn target() -> PathBuf {
    paths::target().join("library")
}

fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(toolchain::native_cargo());
    cargo
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target());
    cargo
}
