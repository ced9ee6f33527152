//! The published `package.json`: the one in `pkg-template/` without what serves work on the package.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The member that is omitted: the scripts of `pkg-template/`.
const SCRIPTS: &str = "scripts";

/// Cuts the lines of the member out of the text, since the order of all others counts.
pub(super) fn published(text: &str) -> Result<String> {
    let opens = format!("\n  \"{SCRIPTS}\": {{\n");
    let closes = "\n  },";
    let start = text.find(&opens).context("package.json has no scripts")?;
    let end = text[start + 1..]
        .find(closes)
        .context("the scripts in package.json do not end on a line of their own")?;
    let end = start + 1 + end + closes.len();
    let published = text[..start].to_owned() + &text[end..];
    let mut wanted: Value = serde_json::from_str(text)?;
    wanted
        .as_object_mut()
        .context("package.json has no members")?
        .remove(SCRIPTS);
    ensure!(
        serde_json::from_str::<Value>(&published)? == wanted,
        "the scripts in package.json are not written as `{SCRIPTS}: {{`, a line each, `}},`"
    );
    Ok(published)
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn scripts_are_left_out_and_all_else_stays_as_it_is() {
        let text = "{\n  \"name\": \"it\",\n  \"scripts\": {\n    \"check\": \"tsc\"\n  },\n  \"bin\": {},\n  \"a\": 1\n}\n";
        let expected = "{\n  \"name\": \"it\",\n  \"bin\": {},\n  \"a\": 1\n}\n";
        assert_eq!(published(text).ok().as_deref(), Some(expected));
        assert!(published("{\n  \"name\": \"it\"\n}\n").is_err());
        assert!(
            published("{\n  \"scripts\": {\n    \"a\": {\n  },\n \"b\": 1 }, \"c\": 1 }").is_err()
        );
    }
}
