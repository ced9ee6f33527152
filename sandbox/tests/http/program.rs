//! The program: its output, its log, and its error messages.

use super::support::ask;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

struct Program {
    child: Child,
    address: SocketAddr,
    out: BufReader<ChildStdout>,
    log: BufReader<ChildStderr>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_centerfy-sandbox"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut out = BufReader::new(child.stdout.take().expect("stdout"));
        let log = BufReader::new(child.stderr.take().expect("stderr"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address.and_then(|address| address.parse().ok());
        Self {
            address: address.unwrap_or_else(|| panic!("{line:?} names an address")),
            child,
            out,
            log,
        }
    }

    fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.log.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// Stops the program and returns the rest of its output.
    fn end(mut self) -> (String, String) {
        self.child.kill().expect("ended");
        self.child.wait().expect("ended");
        let out = std::io::read_to_string(self.out).expect("text");
        (out, std::io::read_to_string(self.log).expect("text"))
    }
}

/// The words of a line, without the duration.
fn words(line: &str) -> Vec<&str> {
    line.split(' ')
        .filter(|word| !word.ends_with("ms"))
        .collect()
}

#[test]
fn the_program_prints_its_url_and_logs_without_keys_and_signatures() {
    let mut program = Program::start(&["--port", "0"]);
    let address = program.address;
    let base = "/functions/v1/crm-api";
    let key = "x-api-key: cfy_sandbox";
    let info = ask(
        address,
        "GET",
        "/_sandbox/organizations/cfy_sandbox",
        &[],
        "",
    )
    .value();
    assert_eq!(
        info["organization_id"],
        "0a6f1c52-7f0e-4b5d-9a43-5d1b7f2c8e10"
    );
    assert_eq!(
        info["sub_account_id"],
        "4c1d9e87-2b36-4f0a-8e75-c93a6b0d1f24"
    );
    assert_eq!(info["other_key"], "cfy_sandbox_other_scope");

    ask(
        address,
        "POST",
        &format!("{base}/send-message"),
        &[key],
        "{}",
    );
    assert_eq!(
        words(&program.next_line()),
        ["POST", "send-message", "400", "sendMessage"]
    );
    let target = format!("{base}/get-agent/cfy_sandbox?cfy_sandbox");
    ask(
        address,
        "GET",
        &target,
        &["authorization: Bearer cfy_sandbox"],
        "",
    );
    assert_eq!(
        words(&program.next_line()),
        ["GET", "get-agent", "404", "getAgent"]
    );
    ask(
        address,
        "GET",
        &format!("{base}/cfy_sandbox"),
        &["x-api-key: cfy_wrong"],
        "",
    );
    assert_eq!(words(&program.next_line()), ["GET", "(unknown)", "404"]);

    let call = info["calls"][1]["call_id"].as_str().expect("an id");
    let recording = ask(
        address,
        "GET",
        &format!("{base}/get-call-recording/{call}"),
        &[key],
        "",
    );
    let url = recording.value()["recording_url"]
        .as_str()
        .expect("a URL")
        .to_owned();
    let target = url
        .strip_prefix(&format!("http://{address}"))
        .expect("this address");
    assert_eq!(ask(address, "GET", target, &[], "").status, 200);
    program.next_line();
    assert_eq!(words(&program.next_line()), ["GET", "recordings", "200"]);
    let (out, log) = program.end();
    assert_eq!((out.as_str(), log.as_str()), ("", ""));
}

#[test]
fn quiet_prints_nothing_and_a_seed_repeats_the_keys() {
    let keys: Vec<_> = (0..2)
        .map(|_| {
            let program = Program::start(&["--port=0", "--quiet", "--seed=5"]);
            let organization =
                ask(program.address, "POST", "/_sandbox/organizations", &[], "").value();
            ask(program.address, "GET", "/functions/v1/crm-api/x", &[], "");
            assert_eq!(program.end(), (String::new(), String::new()));
            organization["api_key"].as_str().expect("a key").to_owned()
        })
        .collect();
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn beyond_loopback_the_program_warns_and_prints_a_reachable_url() {
    let mut program = Program::start(&["--port", "0", "--host", "0.0.0.0", "--quiet"]);
    assert!(program.address.ip().is_loopback());
    assert!(
        program
            .next_line()
            .contains("warning: listening on 0.0.0.0")
    );
    assert_eq!(ask(program.address, "GET", "/", &[], "").status, 200);
    assert_eq!(program.end(), (String::new(), String::new()));
}

#[test]
fn options_set_the_default_organization() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("contacts.json");
    std::fs::write(&file, r#"[{"id": "c-1", "name": "Mia"}]"#).expect("a file");
    let file = file.display().to_string();
    let more = [
        "--rate-limit",
        "1/60000",
        "--contacts",
        file.as_str(),
        "--empty",
    ];
    let program = Program::start(&[&["--port", "0", "--quiet"], more.as_slice()].concat());
    let organization = ask(
        program.address,
        "GET",
        "/_sandbox/organizations/cfy_sandbox",
        &[],
        "",
    )
    .value();
    assert_eq!(
        (
            &organization["agents"],
            &organization["contacts"][0]["name"]
        ),
        (&json!([]), &json!("Mia"))
    );
    let messages = "/functions/v1/crm-api/get-contact-messages/c-1";
    let statuses: Vec<_> = (0..2)
        .map(|_| {
            ask(
                program.address,
                "GET",
                messages,
                &["x-api-key: cfy_sandbox"],
                "",
            )
            .status
        })
        .collect();
    assert_eq!(statuses, [200, 429]);
    program.end();
}

#[test]
fn the_program_says_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    for (status, arguments, word) in [
        (1, vec!["--port", port.as_str()], "is in use"),
        (2, vec!["--port", "many"], "--port must be"),
        (2, vec!["--host", "here"], "--host must be"),
        (2, vec!["--rate-limit", "0/1"], "--rate-limit must be"),
        (2, vec!["--what"], "--help"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_centerfy-sandbox"))
            .args(&arguments)
            .output()
            .expect("ran");
        assert_eq!(output.status.code(), Some(status));
        assert!(output.stdout.is_empty());
        let words = String::from_utf8(output.stderr).expect("text");
        assert!(
            words.contains(word) && words.lines().count() == 1,
            "{words}"
        );
    }
    let output = Command::new(env!("CARGO_BIN_EXE_centerfy-sandbox"))
        .arg("--help")
        .output()
        .expect("ran");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("--serve /PREFIX=DIR"));
}
