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
    /// Whether it has the sources of std and takes `-Zbuild-std` and
    /// `-Zunstable-options -Cpanic=immediate-abort`.
    pub(crate) builds_std: bool,
    /// What `command` sets, beside clearing what cargo and rustup left in the environment.
    pub(crate) env: Vec<(&'static str, OsString)>,
    /// A target folder of its own, so that two compilers do not undo each other's work.
    pub(crate) target_dir: PathBuf,
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

    fn new(rust: &Rust, use_for: Use) -> Self {
        let builds_std = rust.builds_std();
        let mut env = vec![
            ("RUSTC", rust.rustc.clone().into_os_string()),
            ("RUSTDOC", rust.tool("rustdoc").into_os_string()),
            ("PATH", rust.path()),
            ("CARGO_TARGET_DIR", use_for.target_dir().into_os_string()),
        ];
        // A stable compiler takes -Z flags only so. Not for tests: some crates look at it and
        // turn on what only a nightly has.
        if use_for == Use::Package && builds_std && !rust.nightly {
            env.push(("RUSTC_BOOTSTRAP", "1".into()));
        }
        Self {
            cargo: rust.cargo.clone(),
            name: rust.name(),
            builds_std,
            env,
            target_dir: use_for.target_dir(),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// The module of the npm package: std is best built along, that makes it smaller.
    Package,
    /// Tests and checks: plain cargo, with an installed std.
    Tests,
}

impl Use {
    fn target_dir(self) -> PathBuf {
        paths::target().join(match self {
            Self::Package => "web",
            Self::Tests => "web-tests",
        })
    }

    fn fits(self, rust: &Rust) -> bool {
        match self {
            Self::Package => rust.builds_std(),
            Self::Tests => rust.has_std(),
        }
    }
}

/// A toolchain for the npm package. It can build std along wherever that can be had, for then the
/// module is smaller; look at `builds_std`.
pub(crate) fn wasm() -> Result<WasmToolchain> {
    let ready = |rust: &Rust| Use::Package.fits(rust) || rust.has_std();
    let rust = match best(Use::Package).filter(ready) {
        Some(rust) => rust,
        None => get().and_then(|()| best(Use::Package).filter(ready).context(MISSING))?,
    };
    Ok(WasmToolchain::new(&rust, Use::Package))
}

/// A toolchain with an installed std, so that plain `cargo test --target wasm32-unknown-unknown`
/// works.
pub(crate) fn wasm_with_std() -> Result<WasmToolchain> {
    let ready = || found::all().into_iter().find(Rust::has_std);
    let rust = match ready() {
        Some(rust) => rust,
        None => {
            // Debian's has no std for wasm32, but its sources are there: no need to ask anybody.
            if !debian::can_install_std() {
                get()?;
            }
            if ready().is_none() {
                debian::install_std()?;
            }
            ready().context(MISSING)?
        }
    };
    Ok(WasmToolchain::new(&rust, Use::Tests))
}

/// The cargo that compiles for this machine: the one that started xtask.
pub(crate) fn native_cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

const MISSING: &str = "\
no Rust for wasm32 is here, and none could be installed. With rustup:
  rustup target add wasm32-unknown-unknown
  rustup component add rust-src    (makes the package smaller)
On Debian without rustup, as root:
  apt-get install --no-install-recommends rustc-web cargo-web rust-web-src rust-web-llvm lld-22";

fn best(use_for: Use) -> Option<Rust> {
    let all = found::all();
    let fits = all.iter().find(|rust| use_for.fits(rust));
    fits.or_else(|| all.iter().find(|rust| rust.has_std()))
        .cloned()
}

/// Gets what is missing: from rustup, else from Debian.
fn get() -> Result<()> {
    match rustup::add() {
        Ok(()) => return Ok(()),
        Err(error) => say::note(&format!("Not from rustup: {error:#}")),
    }
    if !debian::can_install() {
        bail!(MISSING);
    }
    debian::install().context(MISSING)
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
