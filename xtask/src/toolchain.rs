//! Finding, or getting, a Rust that compiles for wasm32.
//!
//! The order respects the owner of the machine: what is there is used; else rustup is asked; else,
//! on Debian as root, Debian's own packages are installed; else a message says what to do.

mod debian;
mod found;
mod rustup;

use crate::{paths, say};
use anyhow::{Context, Result, bail};
use found::Rust;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// The target triple of everything that runs in JavaScript.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A Rust that compiles for wasm32.
#[derive(Clone, Debug)]
pub(crate) struct WasmToolchain {
    /// Its cargo; `command` gives it ready to use.
    pub(crate) cargo: PathBuf,
    /// In words, for people: `rustc 1.96.0 (system)`.
    pub(crate) name: String,
    /// What `command` sets, beside clearing what cargo and rustup left in the environment.
    pub(crate) env: Vec<(&'static str, OsString)>,
}

impl WasmToolchain {
    /// Its cargo, in the project's root, in a clean environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        clean(&mut command);
        command.current_dir(paths::root());
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command
    }

    /// Makes sure that `cargo clippy` works with it.
    pub(crate) fn clippy(&self) -> Result<()> {
        let beside = |name| {
            self.cargo
                .with_file_name(name)
                .with_extension(std::env::consts::EXE_EXTENSION)
        };
        if beside("cargo-clippy").exists() {
            return Ok(());
        }
        if self.cargo.starts_with("/usr/bin") {
            return debian::install_clippy();
        }
        bail!("{} has no clippy: rustup component add clippy", self.name)
    }

    fn new(rust: &Rust) -> Self {
        let env = vec![
            ("RUSTC", rust.rustc.clone().into_os_string()),
            ("RUSTDOC", rust.tool("rustdoc").into_os_string()),
            ("PATH", rust.path()),
            ("CARGO_TARGET_DIR", target_dir().into_os_string()),
        ];
        Self {
            cargo: rust.cargo.clone(),
            name: rust.name(),
            env,
        }
    }
}

/// A target folder of its own, so that two compilers do not undo each other's work.
pub(crate) fn target_dir() -> PathBuf {
    paths::target().join("web")
}

/// A Rust with a std for wasm32, so that plain `cargo build --target wasm32-unknown-unknown` works.
pub(crate) fn wasm() -> Result<WasmToolchain> {
    let ready = || found::all().into_iter().find(Rust::has_std);
    let rust = match ready() {
        Some(rust) => rust,
        None => {
            get()?;
            ready().context(MISSING)?
        }
    };
    Ok(WasmToolchain::new(&rust))
}

/// The cargo that compiles for this machine: the one that started xtask.
pub(crate) fn native_cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

const MISSING: &str = "\
no Rust for wasm32 is here, and none could be installed. With rustup:
  rustup target add wasm32-unknown-unknown
On Debian without rustup, as root:
  apt-get install --no-install-recommends rustc-web cargo-web rust-web-src rust-web-llvm lld-22";

/// Gets what is missing: from rustup, else from Debian, whose Rust has no std for wasm32, but its
/// sources.
fn get() -> Result<()> {
    if !debian::is_here() {
        match rustup::add() {
            Ok(()) => return Ok(()),
            Err(error) => say::note(&format!("Not from rustup: {error:#}")),
        }
        if !debian::can_install() {
            bail!(MISSING);
        }
        debian::install().context(MISSING)?;
    }
    debian::install_std()
}

/// Takes out of the environment what the cargo that runs xtask, or a developer's settings for this
/// machine's own target, would do to another compiler.
fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(disturbs) {
            command.env_remove(name);
        }
    }
    if let Some(path) = std::env::var_os("LD_LIBRARY_PATH") {
        let target = paths::target();
        let foreign = |folder: &PathBuf| {
            folder.starts_with(&target)
                || folder
                    .components()
                    .any(|part| part.as_os_str() == ".rustup")
        };
        let kept = std::env::split_paths(&path).filter(|folder| !foreign(folder));
        match std::env::join_paths(kept) {
            Ok(kept) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
}

fn disturbs(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "CARGO",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC",
        "RUSTC_BOOTSTRAP",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTDOC",
        "RUSTDOCFLAGS",
        "RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
    ];
    const PREFIXES: &[&str] = &[
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
    ];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::disturbs;

    #[test]
    fn the_environment_is_cleaned_of_cargo_but_not_of_choices() {
        assert!(
            disturbs("RUSTFLAGS") && disturbs("CARGO_PKG_NAME") && disturbs("RUSTUP_TOOLCHAIN")
        );
        assert!(
            !disturbs("CARGO_HOME") && !disturbs("CARGO_TARGET_DIR") && !disturbs("RUSTC_WRAPPER")
        );
    }
}
