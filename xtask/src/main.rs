//! The tasks of the project: `cargo xtask build|demo|test|bench|screenshots|release`.

mod args;
mod bench;
mod browser;
mod build;
mod context;
mod demo;
mod guard;
mod packages;
mod paths;
mod release;
mod run;
mod sandbox;
mod say;
mod screenshots;
mod test;
mod toolchain;

use anyhow::{Result, bail};
use args::Args;
use std::process::ExitCode;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    about: &'static str,
    help: fn() -> String,
    /// True when all went well; false when the command has already said what did not.
    run: fn(Args) -> Result<bool>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "build",
        about: "make the npm package in pkg/",
        help: || build::HELP.into(),
        run: |mut args| {
            let options = build::Options::from_args(&mut args)?;
            args.finish()?;
            build::build(&options)?;
            Ok(true)
        },
    },
    Command {
        name: "demo",
        about: "build, start the sandbox API and the demo page, print the page's URL",
        help: || demo::HELP.into(),
        run: |args| demo::demo(args).map(|()| true),
    },
    Command {
        name: "test",
        about: "run all tests, or those of the subjects you name",
        help: test::help,
        run: test::test,
    },
    Command {
        name: "bench",
        about: "measure size, time per call, start-up and memory against other clients",
        help: || bench::HELP.into(),
        run: |args| bench::bench(args).map(|()| true),
    },
    Command {
        name: "screenshots",
        about: "make a picture of every view and state of the demo page",
        help: || screenshots::HELP.into(),
        run: |args| screenshots::screenshots(args).map(|()| true),
    },
    Command {
        name: "release",
        about: "whether this commit can be published, and how that is done",
        help: || release::HELP.into(),
        run: release::release,
    },
];

fn main() -> ExitCode {
    match dispatch(std::env::args().skip(1).collect()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: Vec<String>) -> Result<bool> {
    let mut args = Args::new(words);
    let wants_help = args.flag("--help") | args.flag("-h");
    let Some(name) = args.word() else {
        print!("{}", overview());
        return Ok(wants_help);
    };
    if name == "help" {
        print!("{}", overview());
        return Ok(true);
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        bail!("there is no command `{name}`\n\n{}", overview());
    };
    if wants_help {
        print!("{}", (command.help)());
        return Ok(true);
    }
    guard::stop_all_on_ctrl_c()?;
    (command.run)(args)
}

fn overview() -> String {
    let mut text = String::from("Usage: cargo xtask <command> [--help]\n\n");
    for command in COMMANDS {
        text += &format!("  {:<11} {}\n", command.name, command.about);
    }
    text + "\nWhat a command needs and the machine lacks (a wasm32 toolchain, npm packages, a browser)\nit installs once, and says so.\n"
}
