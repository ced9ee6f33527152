//! The budget of bytes: what a front end pays for on every page, so it fails when it grows.

use super::{Outcome, checks::Checks};
use crate::bench::functions;
use crate::context::Context;
use anyhow::{Error, Result, anyhow, bail};

/// Brotli bytes: the module as a file and the script; the default entry as esbuild bundles it.
struct Budget {
    apart: usize,
    bundled: usize,
    /// `centerfy/sandbox`, with its module inside.
    sandbox: usize,
    /// `centerfy/runs`, without the client.
    runs: usize,
}

const BUDGET: Budget = Budget {
    // 7 100, and 200 for `proxy` and `idempotencyKey`, as the design allows; 100 for slots that count from when
    // their requests can have arrived, releases, and errors that do not contradict themselves.
    // 100 more for Workers, where a call waits and holds its slot by its own timers alone.
    // 210 more for `withResponse()` (50), the event "end" with its outcome and times (60), the event "failure", the
    // reasons of retries, request ids and call ids (80), and their wiring.
    // 40 more for `store`, which gets the calls of its client, and 20 for error messages that name their subject.
    // 90 for `issues`, the list of all wrong fields, and for the field of a 400.
    // 60 for options that do not exist, which are refused with the nearest name.
    apart: 7_950,
    bundled: 7_910,
    // 1,500 more for made-up people, time that moves over HTTP, and options that do not exist.
    sandbox: 113_500,
    // It was to be 4,096. Claims, so that processes share a list; the report; the refusal of other settings; the store's
    // clock; dry runs with their schedule; and options that do not exist take the rest.
    runs: 6_400,
};

pub(super) fn run(context: &Context) -> Result<Outcome> {
    let report = &context.package()?.report;
    let sizes = &report.sizes;
    let apart = sizes.wasm.brotli + sizes.script.brotli;
    let mut checks = Checks::new(context.verbose);
    let bundled = sizes.bundled.brotli;
    let sandbox = report.sandbox.map_or(0, |sizes| sizes.bundled.brotli);
    let results = [
        within("module and script", apart, BUDGET.apart),
        within("default entry", bundled, BUDGET.bundled),
        within("sandbox", sandbox, BUDGET.sandbox),
        within("centerfy/runs", sizes.runs.brotli, BUDGET.runs),
    ];
    for result in results {
        checks.one("size", result.map_err(with_growth));
    }
    Ok(Outcome::Ran(checks.end()))
}

/// Says which functions grew, too.
fn with_growth(error: Error) -> Error {
    match functions::grown() {
        Ok(grown) => anyhow!("{error:#}\n{grown}"),
        Err(why) => anyhow!("{error:#}\n(what grew is not known: {why:#})"),
    }
}

fn within(what: &str, bytes: usize, budget: usize) -> Result<()> {
    if bytes <= budget {
        return Ok(());
    }
    let over = bytes - budget;
    bail!("{what}: {bytes} bytes, {over} over the budget of {budget}");
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_budget_itself_is_within() {
        assert!(within("it", 7_500, 7_500).is_ok());
        let error = within("it", 7_501, 7_500).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("1 over the budget")));
    }
}
