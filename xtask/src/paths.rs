//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the project, where the workspace's Cargo.toml stands.
pub(crate) fn root() -> PathBuf {
    // Cargo sets it for `cargo run`; what was compiled in is for a binary started by hand.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .filter(|folder| folder.ends_with("xtask"))
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned());
    manifest.parent().unwrap_or(&manifest).to_owned()
}

/// The workspace's target folder; `CARGO_TARGET_DIR` decides, as in cargo itself.
pub(crate) fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR").filter(|path| !path.is_empty());
    root().join(chosen.map_or_else(|| "target".into(), PathBuf::from))
}

/// The first file called `name` in the folders of `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    all_on_path(name).next()
}

/// Every file called `name` in the folders of `PATH`, in their order.
pub(crate) fn all_on_path(name: &str) -> impl Iterator<Item = PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(move |folder| folder.join(&file))
        .filter(|path| path.is_file())
        .collect::<Vec<_>>()
        .into_iter()
}
