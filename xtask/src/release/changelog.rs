//! CHANGELOG.md, in the form of keepachangelog.com.

use anyhow::{Result, bail, ensure};

/// Whether `version` has a heading with a date, the newest of all, and says something:
/// `## [1.2.3] - 2026-01-31`.
pub(super) fn is_released(changelog: &str, version: &str) -> Result<()> {
    let mut sections = changelog.split("\n## ").skip(1);
    let Some(newest) = sections.find(|section| !section.starts_with("[Unreleased]")) else {
        bail!("CHANGELOG.md has no version");
    };
    let (heading, text) = newest.split_once('\n').unwrap_or((newest, ""));
    let Some(rest) = heading.strip_prefix(&format!("[{version}]")) else {
        bail!("the newest version in CHANGELOG.md is {heading}, not {version}");
    };
    let date = rest.trim_start_matches([' ', '-']);
    ensure!(
        is_date(date),
        "CHANGELOG.md has no date for {version}, as in `## [{version}] - 2026-01-31`"
    );
    ensure!(
        text.contains("\n- "),
        "CHANGELOG.md says nothing of {version}"
    );
    Ok(())
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.char_indices().all(|(at, sign)| match at {
            4 | 7 => sign == '-',
            _ => sign.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::is_released;

    fn said(changelog: &str) -> String {
        is_released(changelog, "0.2.0").map_or_else(|error| error.to_string(), |()| "ready".into())
    }

    #[test]
    fn a_version_with_a_date_and_a_line_is_released() {
        let whole = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-01-31\n\n### Added\n\n- A thing.\n\n\
                     ## [0.1.0] - 2025-12-24\n\n- All.\n";
        assert_eq!(said(whole), "ready");
        assert_eq!(said(&whole.replace("## [Unreleased]\n\n", "")), "ready");
    }

    #[test]
    fn what_is_missing_is_said() {
        let missing = [
            (
                "# Changelog\n\n## [Unreleased]\n\n- A thing.\n",
                "has no version",
            ),
            (
                "# Changelog\n\n## [0.1.0] - 2025-12-24\n\n- All.\n",
                "is [0.1.0] - 2025-12-24, not 0.2.0",
            ),
            (
                "# Changelog\n\n## [0.2.0] - unreleased\n\n- A thing.\n",
                "no date",
            ),
            (
                "# Changelog\n\n## [0.2.0] - 2026-1-31\n\n- A thing.\n",
                "no date",
            ),
            ("# Changelog\n\n## [0.2.0] - 2026-01-31\n", "says nothing"),
        ];
        for (changelog, words) in missing {
            assert!(said(changelog).contains(words), "{}", said(changelog));
        }
    }
}
