//! What the crate and the npm package say to their registries.

use anyhow::{Result, ensure};
use serde_json::Value;

/// What a registry is told: out of `package.json`, or out of what `cargo metadata` says of a crate.
pub(super) struct Manifest {
    pub(super) version: String,
    /// Where the source is. npm asks for it before it attests where a package comes from.
    repository: Option<String>,
}

impl Manifest {
    pub(super) fn of_npm(package: &Value) -> Self {
        Self::new(package, &package["repository"]["url"])
    }

    /// The crate of that name; a crate that is not there has no version.
    pub(super) fn of_crate(metadata: &Value, name: &str) -> Self {
        let packages = metadata["packages"].as_array();
        let package = packages
            .into_iter()
            .flatten()
            .find(|package| package["name"] == name)
            .unwrap_or(&Value::Null);
        Self::new(package, &package["repository"])
    }

    fn new(package: &Value, repository: &Value) -> Self {
        Self {
            version: package["version"].as_str().unwrap_or("none").to_owned(),
            repository: repository.as_str().map(str::to_owned),
        }
    }
}

/// Both are published under one version.
pub(super) fn versions_agree(npm: &Manifest, rust: &Manifest) -> Result<()> {
    ensure!(
        npm.version == rust.version,
        "the npm package is {}, the crate {}",
        npm.version,
        rust.version
    );
    Ok(())
}

/// Both say where their source is.
pub(super) fn have_addresses(npm: &Manifest, rust: &Manifest) -> Result<()> {
    let missing: Vec<_> = [("pkg-template/package.json", npm), ("Cargo.toml", rust)]
        .into_iter()
        .filter(|(_, manifest)| manifest.repository.is_none())
        .map(|(file, _)| file)
        .collect();
    ensure!(
        missing.is_empty(),
        "no repository in {}: RELEASING.md says what to fill in",
        missing.join(" and ")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn npm() -> Manifest {
        let repository = json!({ "type": "git", "url": "git+https://example.com/us/it.git" });
        Manifest::of_npm(&json!({ "version": "0.2.0", "repository": repository }))
    }

    fn rust(version: &str, repository: Option<&str>) -> Manifest {
        let ours = json!({ "name": "it", "version": version, "repository": repository });
        let other =
            json!({ "name": "other", "version": "9.9.9", "repository": "https://example.com" });
        Manifest::of_crate(&json!({ "packages": [other, ours] }), "it")
    }

    fn said(result: Result<()>) -> String {
        result.map_or_else(|error| error.to_string(), |()| "well".into())
    }

    #[test]
    fn versions_that_differ_are_told() {
        assert_eq!(said(versions_agree(&npm(), &rust("0.2.0", None))), "well");
        assert_eq!(
            said(versions_agree(&npm(), &rust("0.3.0", None))),
            "the npm package is 0.2.0, the crate 0.3.0"
        );
        let nothing = Manifest::of_crate(&json!({}), "it");
        assert_eq!(
            said(versions_agree(&npm(), &nothing)),
            "the npm package is 0.2.0, the crate none"
        );
    }

    #[test]
    fn an_address_that_nobody_has_filled_in_is_named() {
        let filled_in = rust("0.2.0", Some("https://example.com/us/it"));
        assert_eq!(said(have_addresses(&npm(), &filled_in)), "well");
        let none = rust("0.2.0", None);
        assert!(said(have_addresses(&npm(), &none)).starts_with("no repository in Cargo.toml:"));
        let neither = Manifest::of_npm(&json!({ "version": "0.2.0" }));
        assert!(
            said(have_addresses(&neither, &none))
                .starts_with("no repository in pkg-template/package.json and Cargo.toml:")
        );
    }
}
