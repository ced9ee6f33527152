//! The README shows code that runs here.

#[test]
fn the_first_test_of_the_readme_is_one_of_these_tests() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("first_test.rs")));
}
