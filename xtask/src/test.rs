//! `cargo xtask test`: all tests, by subject.

mod checks;
mod chosen;
mod fuzz;
mod library;
mod lint;
mod native;
pub(crate) mod node;
pub(crate) mod package;
mod size;
mod tally;
mod wasm;
mod words;
mod workflows;

use crate::args::Args;
use crate::context::Context;
use crate::say;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};
use tally::Tally;

/// What one `cargo xtask test NAME` runs.
struct Subject {
    name: &'static str,
    about: &'static str,
    run: fn(&Context) -> Result<Outcome>,
}

/// How a subject ended, unless it could not run at all.
pub(crate) enum Outcome {
    Ran(Tally),
    /// There is nothing to run; why.
    Left(String),
}

/// In the order in which they run: what fails soonest comes first.
const SUBJECTS: &[Subject] = &[
    Subject {
        name: "lint",
        about: "formatting, prose, clippy for this machine and for wasm32, dependencies' licenses, workflows",
        run: lint::run,
    },
    Subject {
        name: "native",
        about: "Rust tests and the documentation's examples, on this machine",
        run: native::run,
    },
    Subject {
        name: "library",
        about: "the Rust library as it is published: packed, unpacked elsewhere, tested there",
        run: library::run,
    },
    Subject {
        name: "fuzz",
        about: "the crate's fuzz targets, for some seconds each",
        run: fuzz::run,
    },
    Subject {
        name: "wasm",
        about: "the Rust client in Node.js and in Chromium, against the sandbox",
        run: wasm::run,
    },
    Subject {
        name: "package",
        about: "the packed npm package, installed in an empty folder, from Node.js; the README",
        run: package::run,
    },
    Subject {
        name: "size",
        about: "the package's bytes against their budget",
        run: size::run,
    },
    Subject {
        name: "types",
        about: "the package's TypeScript; programs that must compile, and some that must not",
        run: node::types,
    },
    Subject {
        name: "pages",
        about: "the demo page, driven in Chromium",
        run: node::pages,
    },
    Subject {
        name: "runtimes",
        about: "the package in other runtimes, bundlers and browsers",
        run: node::runtimes,
    },
];

/// What `lint` and `package` run too, for work on one part.
const PARTS: &[Subject] = &[
    Subject {
        name: "format",
        about: "the formatting of Rust",
        run: lint::format,
    },
    Subject {
        name: "words",
        about: "the words that prose avoids (xtask/words.txt); after --, paths to look at",
        run: words::run,
    },
    Subject {
        name: "client",
        about: "tests/node/: the client, with WebAssembly and without",
        run: node::client,
    },
    Subject {
        name: "sandbox",
        about: "tests/sandbox/: `centerfy/sandbox`",
        run: node::sandbox,
    },
    Subject {
        name: "proxy",
        about: "tests/proxy/: `centerfy/proxy`",
        run: node::proxy,
    },
    Subject {
        name: "stores",
        about: "tests/stores/: `centerfy/redis` and `centerfy/durable`",
        run: node::stores,
    },
    Subject {
        name: "runs",
        about: "tests/runs/: `centerfy/runs`",
        run: node::runs,
    },
    Subject {
        name: "entries",
        about: "tests/entries/: `centerfy/otel`, `/query`, `/recordings`",
        run: node::entries,
    },
    Subject {
        name: "readme",
        about: "tests/readme/: what the README says",
        run: node::readme,
    },
];

/// Several subjects under one name.
struct Group {
    name: &'static str,
    about: &'static str,
    subjects: &'static [&'static str],
}

const GROUPS: &[Group] = &[Group {
    name: "quick",
    // `stores` waits for a minute of rate limits, so it is not among them.
    about: "what to run before each commit",
    subjects: &[
        "format", "words", "native", "client", "sandbox", "proxy", "entries", "readme", "types",
    ],
}];
/// The word that adds what takes long, to all subjects or to those that are named.
const EVERYTHING: &str = "everything";

pub(crate) fn help() -> String {
    let mut text = String::from(
        "Usage: cargo xtask test [everything] [SUBJECT…] [--verbose] [-- WORDS]\n\n\
         Runs the tests of all subjects, or of those you name. One that fails does not stop the\n\
         others. What is missing on the machine is installed once. With `everything`, set-ups of\n\
         `runtimes` that take long run too; without, the end of its output names them.\n\nSubjects:\n",
    );
    for subject in SUBJECTS {
        text += &format!("  {:<9} {}\n", subject.name, subject.about);
    }
    text += "\nParts of lint and package:\n";
    for part in PARTS {
        text += &format!("  {:<9} {}\n", part.name, part.about);
    }
    text += "\nGroups:\n";
    for group in GROUPS {
        let subjects = group.subjects.join(", ");
        text += &format!("  {:<9} {}: {subjects}\n", group.name, group.about);
    }
    text + "\n  --verbose  show what the tests print also when they pass\n  \
            -- WORDS   for the subject: test files, folders of them, options of its runner, as in\n             \
                       package -- tests/node/abort.test.mjs --test-name-pattern=timer\n"
}

/// All tests, as `cargo xtask test everything` runs them.
pub(crate) fn everything() -> Result<bool> {
    test(Args::new(vec![EVERYTHING.to_owned()]))
}

pub(crate) fn test(mut args: Args) -> Result<bool> {
    let verbose = args.flag("--verbose") | args.flag("-v");
    let words = args.after().to_vec();
    let (everything, names): (Vec<String>, Vec<String>) = args
        .words()?
        .into_iter()
        .partition(|word| word == EVERYTHING);
    let chosen = choose(&names)?;
    let mut context = Context::new(verbose, words);
    context.everything = !everything.is_empty();
    let mut lines = Vec::new();
    let mut sum = Tally::default();
    for subject in chosen {
        eprintln!("{}: {}", subject.name, subject.about);
        let started = Instant::now();
        let outcome = (subject.run)(&context);
        if let Err(error) = &outcome {
            say::error(error);
        }
        let tally = match &outcome {
            Ok(Outcome::Ran(tally)) => *tally,
            Ok(Outcome::Left(_)) => Tally::default(),
            Err(_) => Tally::one(false),
        };
        sum = [sum, tally].into_iter().sum();
        lines.push(line(subject.name, started.elapsed(), &outcome));
    }
    drop(context);
    println!("\n{}\n\n{}", lines.join("\n"), closing(sum));
    Ok(sum.failed == 0)
}

fn choose(names: &[String]) -> Result<Vec<&'static Subject>> {
    if names.is_empty() {
        return Ok(SUBJECTS.iter().collect());
    }
    let mut chosen = Vec::new();
    for name in names {
        match (find(name), GROUPS.iter().find(|group| group.name == name)) {
            (Some(subject), _) => chosen.push(subject),
            (_, Some(group)) => chosen.extend(group.subjects.iter().filter_map(|name| find(name))),
            _ => bail!("there is no subject `{name}`\n\n{}", help()),
        }
    }
    Ok(chosen)
}

fn find(name: &str) -> Option<&'static Subject> {
    let mut all = SUBJECTS.iter().chain(PARTS);
    all.find(|subject| subject.name == name)
}

/// A line of the table at the end.
fn line(name: &str, took: Duration, outcome: &Result<Outcome>) -> String {
    let result = match outcome {
        Ok(Outcome::Ran(tally)) => closing(*tally),
        Ok(Outcome::Left(why)) => format!("skipped: {why}"),
        Err(_) => "could not run, see above".to_owned(),
    };
    format!("{name:<9} {:>12}   {result}", say::duration(took))
}

/// The plain closing line, which CI reads.
fn closing(tally: Tally) -> String {
    let Tally {
        passed,
        failed,
        skipped,
    } = tally;
    let skipped = match skipped {
        0 => String::new(),
        number => format!(", {number} skipped"),
    };
    format!("{passed} passed, {failed} failed{skipped}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn subjects_are_chosen_by_name_and_all_by_default() {
        let names = |words: &[&str]| -> Option<Vec<&str>> {
            let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
            Some(
                choose(&words)
                    .ok()?
                    .iter()
                    .map(|subject| subject.name)
                    .collect(),
            )
        };
        assert_eq!(names(&[]).map(|all| all.len()), Some(SUBJECTS.len()));
        assert_eq!(names(&["wasm", "lint"]), Some(vec!["wasm", "lint"]));
        assert_eq!(names(&["stores"]), Some(vec!["stores"]));
        for group in GROUPS {
            assert_eq!(names(&[group.name]), Some(group.subjects.to_vec()));
        }
        assert_eq!(names(&["nothing"]), None);
        let all = || SUBJECTS.iter().chain(PARTS).map(|subject| subject.name);
        assert_eq!(all().collect::<BTreeSet<_>>().len(), all().count());
    }

    #[test]
    fn the_workflow_runs_every_subject() {
        let workflow = include_str!("../../.github/workflows/ci.yml");
        let rows = workflow
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "subjects:");
        let jobs = rows.skip(1).map_while(|line| line.strip_prefix("- "));
        let in_jobs: BTreeSet<&str> = jobs.flat_map(str::split_whitespace).collect();
        let all: BTreeSet<&str> = SUBJECTS.iter().map(|subject| subject.name).collect();
        assert_eq!(in_jobs, all);
    }

    #[test]
    fn the_closing_line_is_plain() {
        let tally = Tally {
            passed: 3,
            failed: 0,
            skipped: 0,
        };
        assert_eq!(closing(tally), "3 passed, 0 failed");
        assert_eq!(
            closing(Tally {
                skipped: 2,
                ..tally
            }),
            "3 passed, 0 failed, 2 skipped"
        );
    }
}
