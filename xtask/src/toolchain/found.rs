//! The Rusts that are on this machine.

use super::{TARGET, rustup};
use crate::{paths, run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's `rust-version`.
const OLDEST: u32 = 88;

/// The file beside an installed std that says which compiler made it.
pub(super) const STAMP: &str = "made-by-xtask";

/// One installed Rust.
#[derive(Clone, Debug)]
pub(crate) struct Rust {
    pub(crate) cargo: PathBuf,
    pub(crate) rustc: PathBuf,
    pub(crate) sysroot: PathBuf,
    /// `1.96.0`.
    pub(crate) release: String,
    /// All of `rustc -vV`: changes with every build of the compiler.
    pub(crate) version: String,
    origin: String,
}

/// Every Rust here that is new enough: rustup's active one, rustup's others, then the system's.
pub(crate) fn all() -> Vec<Rust> {
    let rustups = rustup::toolchains().into_iter().map(|toolchain| {
        let bin = toolchain.folder.join("bin");
        (bin, format!("rustup's {}", toolchain.name))
    });
    let systems = paths::all_on_path("rustc")
        .filter_map(|rustc| Some(rustc.parent()?.to_owned()))
        .chain([PathBuf::from("/usr/bin")])
        // Beside rustup stand its stand-ins, which are no compilers.
        .filter(|bin| !exe(bin, "rustup").exists())
        .map(|bin| (bin, "system".to_owned()));
    let mut found: Vec<Rust> = Vec::new();
    for (bin, origin) in rustups.chain(systems) {
        if let Some(rust) = look(&bin, origin)
            && !found.iter().any(|other| other.sysroot == rust.sysroot)
        {
            found.push(rust);
        }
    }
    found
}

impl Rust {
    /// A tool beside its rustc.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        exe(self.rustc.parent().unwrap_or(Path::new("")), name)
    }

    /// `PATH` with its own tools first, for `cargo clippy` and the linker.
    pub(crate) fn path(&self) -> OsString {
        let own = self.rustc.parent().map(Path::to_owned);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(std::env::split_paths(&path));
        std::env::join_paths(folders).unwrap_or(path)
    }

    /// `rustc 1.96.0 (system)`.
    pub(crate) fn name(&self) -> String {
        format!("rustc {} ({})", self.release, self.origin)
    }

    /// Whether the sources of std are here.
    pub(crate) fn has_sources(&self) -> bool {
        self.rustlib()
            .join("src/rust/library/std/Cargo.toml")
            .exists()
    }

    /// Whether a std for wasm32 is installed that this very compiler reads.
    pub(crate) fn has_std(&self) -> bool {
        let made_by = std::fs::read_to_string(self.wasm_folder().join(STAMP));
        // Without a stamp it came with the compiler, from rustup or the distribution.
        let fits = made_by.map_or(true, |version| version == self.version);
        let libraries = std::fs::read_dir(self.wasm_folder().join("lib"));
        fits && libraries.is_ok_and(|mut files| {
            files.any(|file| {
                file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
            })
        })
    }

    /// Where the std for wasm32 stands, or would.
    pub(crate) fn wasm_folder(&self) -> PathBuf {
        self.rustlib().join(TARGET)
    }

    fn rustlib(&self) -> PathBuf {
        self.sysroot.join("lib").join("rustlib")
    }
}

/// Asks the rustc in the folder `bin` who it is.
fn look(bin: &Path, origin: String) -> Option<Rust> {
    let (rustc, cargo) = (exe(bin, "rustc"), exe(bin, "cargo"));
    if !rustc.exists() || !cargo.exists() {
        return None;
    }
    let ask = |words: &[&str]| {
        let mut command = Command::new(&rustc);
        super::clean(&mut command);
        run::output(command.args(words)).ok()
    };
    let version = ask(&["-vV"])?;
    let release = version
        .lines()
        .find_map(|line| line.strip_prefix("release: "))?
        .to_owned();
    if minor(&release)? < OLDEST {
        return None;
    }
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?.trim());
    Some(Rust {
        sysroot: sysroot.canonicalize().unwrap_or(sysroot),
        cargo,
        rustc,
        release,
        version,
        origin,
    })
}

fn exe(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The `96` of `1.96.0`.
fn minor(release: &str) -> Option<u32> {
    release.split('.').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn releases_are_compared_by_their_middle_number() {
        assert_eq!(minor("1.96.0"), Some(96));
        assert_eq!(minor("1.97.0-nightly"), Some(97));
        assert_eq!(minor("1"), None);
    }
}
