//! Runs wasm-bindgen tests, in Node.js or in a browser. `cargo test` starts it with the path of a
//! test module, when `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER` names it; `cargo xtask test wasm`
//! does all of that.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
