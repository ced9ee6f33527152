//! Steps whose inputs did not change are skipped.
//!
//! A step writes files into a folder of its own below `target/steps/`. Beside the folder stands the
//! digest of what they were made from. While the digest stays the same, the files are taken as they
//! are. Delete `target/steps/` to run every step again.

use crate::{packages, paths};
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// What every step depends on: its own code and flags, and the versions of its tools.
const CODE: [&str; 4] = [
    "xtask/src/build.rs",
    "xtask/src/build",
    "xtask/package-lock.json",
    "Cargo.lock",
];

/// The digest of a step's inputs. Another version of Rust may compute another one; then the steps
/// run once more.
pub(crate) struct Inputs(DefaultHasher);

impl Inputs {
    /// The step's code and its tools; what else it reads is added.
    pub(crate) fn new() -> Result<Self> {
        let node = packages::node_version()?;
        CODE.iter()
            .try_fold(Self(DefaultHasher::new()), |inputs, path| {
                inputs.path(&paths::root().join(path))
            })
            .map(|inputs| inputs.bytes(node.as_bytes()))
    }

    /// A file, or a folder with all that is in it: names and contents.
    pub(crate) fn path(self, path: &Path) -> Result<Self> {
        let what = || format!("cannot read {}", path.display());
        if !path.is_dir() {
            return Ok(self.bytes(&fs::read(path).with_context(what)?));
        }
        let mut entries = fs::read_dir(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(what)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        entries.iter().try_fold(self, |inputs, entry| {
            let name = entry.file_name();
            inputs.bytes(name.as_encoded_bytes()).path(&entry.path())
        })
    }

    /// Anything else, such as a generated text.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        // The length first, so that two inputs never read like one.
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
        self
    }

    fn digest(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Gives the folder that the step `name` filled, and runs `step` to fill it if `inputs` are not
/// those of the last time. A step that fails, or that is interrupted, leaves no digest.
pub(crate) fn step(
    name: &str,
    inputs: &Inputs,
    step: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    step_below(&paths::target().join("steps"), name, inputs, step)
}

fn step_below(
    root: &Path,
    name: &str,
    inputs: &Inputs,
    step: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let folder = root.join(name);
    let stored = root.join(format!("{name}.digest"));
    let digest = inputs.digest();
    if folder.is_dir() && fs::read_to_string(&stored).is_ok_and(|old| old == digest) {
        return Ok(folder);
    }
    for old in [&folder, &stored] {
        super::remove(old)?;
    }
    fs::create_dir_all(&folder)?;
    step(&folder)?;
    fs::write(&stored, digest)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::{Inputs, step_below};
    use anyhow::{Result, bail};
    use std::cell::Cell;
    use std::fs;
    use std::hash::DefaultHasher;
    use std::path::PathBuf;

    /// A folder for one test, empty.
    fn empty(name: &str) -> Result<PathBuf> {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        super::super::remove(&folder)?;
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    fn inputs(text: &str) -> Inputs {
        Inputs(DefaultHasher::new()).bytes(text.as_bytes())
    }

    #[test]
    fn a_step_runs_when_its_inputs_change_and_after_a_failure() -> Result<()> {
        let root = empty("steps")?;
        let runs = Cell::new(0);
        let run = |text: &str| -> Result<String> {
            let folder = step_below(&root, "copy", &inputs(text), |folder| {
                runs.set(runs.get() + 1);
                fs::write(folder.join(text), text)?;
                if text == "broken" {
                    bail!("as asked");
                }
                Ok(())
            })?;
            let files = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
            let names = files.iter().map(|file| file.file_name());
            Ok(names
                .map(|name| name.to_string_lossy().into_owned())
                .collect())
        };
        assert_eq!((run("one")?.as_str(), runs.get()), ("one", 1));
        assert_eq!((run("one")?.as_str(), runs.get()), ("one", 1));
        assert_eq!((run("two")?.as_str(), runs.get()), ("two", 2));
        assert!(run("broken").is_err() && run("broken").is_err());
        assert_eq!(runs.get(), 4);
        assert_eq!((run("two")?.as_str(), runs.get()), ("two", 5));
        fs::remove_dir_all(root)?;
        Ok(())
    }

    #[test]
    fn names_and_contents_of_a_folder_count_and_times_do_not() -> Result<()> {
        let folder = empty("inputs")?;
        let digest = || -> Result<String> {
            let inputs = Inputs(DefaultHasher::new()).path(&folder)?;
            Ok(inputs.digest())
        };
        let file = folder.join("below/a.ts");
        fs::create_dir_all(folder.join("below"))?;
        fs::write(&file, "one")?;
        let first = digest()?;
        fs::write(&file, "two")?;
        assert_ne!(digest()?, first);
        fs::write(&file, "one")?;
        assert_eq!(digest()?, first);
        fs::rename(&file, folder.join("below/b.ts"))?;
        assert_ne!(digest()?, first);
        fs::remove_dir_all(folder)?;
        Ok(())
    }

    #[test]
    fn two_inputs_do_not_read_like_one() {
        let digest = |first: &str, second: &str| inputs(first).bytes(second.as_bytes()).digest();
        assert_ne!(digest("ab", "c"), digest("a", "bc"));
    }
}
