//! TypeScript that the build makes and that is checked in, so that an editor and `tsc` understand a
//! fresh clone. What tells nothing about types (the module's bytes, its script) is made as JavaScript
//! beside it, and is not checked in.

use crate::paths;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The checked-in files that a build has written.
#[derive(Debug, Default)]
pub(crate) struct Generated {
    /// Those that had another content before.
    stale: Vec<PathBuf>,
}

impl Generated {
    /// Writes a file, unless it has this content.
    pub(super) fn write(&mut self, file: &Path, text: &str) -> Result<()> {
        if fs::read_to_string(file).is_ok_and(|old| old == text) {
            return Ok(());
        }
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
        self.stale.push(file.to_owned());
        Ok(())
    }

    /// Whether all files were as the build makes them; else which were not.
    pub(crate) fn check(&self) -> Result<()> {
        let root = paths::root();
        let names: Vec<_> = self
            .stale
            .iter()
            .map(|file| file.strip_prefix(&root).unwrap_or(file).display())
            .map(|name| name.to_string())
            .collect();
        ensure!(
            names.is_empty(),
            "stale until this build wrote them again: {}. Commit them with your change",
            names.join(", ")
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Generated;
    use anyhow::Result;
    use std::fs;

    #[test]
    fn a_stale_file_is_written_and_named() -> Result<()> {
        let file = std::env::temp_dir().join(format!("xtask-generated-{}.ts", std::process::id()));
        fs::write(&file, "old")?;
        let mut first = Generated::default();
        first.write(&file, "new")?;
        assert_eq!(fs::read_to_string(&file)?, "new");
        let error = first.check().map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("xtask-generated-")));
        let mut second = Generated::default();
        second.write(&file, "new")?;
        assert!(second.check().is_ok());
        fs::remove_file(file)?;
        Ok(())
    }
}
