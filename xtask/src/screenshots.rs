//! `cargo xtask screenshots`: pictures of every view and state of the demo page, to look at.

use crate::args::Args;
use crate::context::Context;
use crate::test::node;
use crate::{run, say};
use anyhow::{Result, bail};

pub(crate) const HELP: &str = "\
Usage: cargo xtask screenshots [FOLDER] [WORD...]

Makes a picture of every view and state of the demo page, light and dark, narrow and wide, in FOLDER
(screenshots/ by default). Words choose the scenes (tests/pages/scenes/) whose name has one of them.
";

pub(crate) fn screenshots(mut args: Args) -> Result<()> {
    let folder = args.word().unwrap_or_else(|| "screenshots".to_owned());
    let words = args.words()?;
    // The script runs in the project's root, the command where its user is.
    let folder = std::path::absolute(folder)?;
    let context = Context::new(true, words);
    let mut node = node::with_browser(node::command(&context)?)?;
    node.arg("tests/pages/screenshots.mjs").arg(&folder);
    let (status, _) = run::kept(node.args(&context.words), true)?;
    if !status.success() {
        bail!("the pictures failed ({status})");
    }
    say::note(&format!("{}: the pictures", folder.display()));
    Ok(())
}
