//! Served directories.

use super::support::{Connection, ask, start};
use centerfy_sandbox::server::Options;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

fn serve(name: &str) -> SocketAddr {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("www/sub")).expect("a folder");
    for (path, text) in [
        ("secret.txt", "secret"),
        ("www/index.html", "<h1>home</h1>"),
        ("www/sub/index.html", "<h1>sub</h1>"),
        ("www/app.js", "js"),
        ("www/app.mjs", "mjs"),
        ("www/app.js.map", "{}"),
        ("www/app.wasm", "wasm"),
        ("www/app.css", "css"),
        ("www/data.json", "{}"),
        ("www/types.d.ts", "ts"),
        ("www/a b.txt", "spaced"),
        ("www/other", "?"),
        ("pkg.txt", "pkg"),
    ] {
        fs::write(folder.join(path), text).expect("a file");
    }
    start(Options {
        serve: vec![
            (String::new(), folder.join("www")),
            ("/pkg".to_owned(), folder),
        ],
        quiet: true,
        ..Options::default()
    })
}

#[test]
fn files_have_their_types_and_are_not_cached() {
    let address = serve("types");
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/sub/", "text/html; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/app.mjs", "text/javascript; charset=utf-8"),
        ("/app.js.map", "application/json"),
        ("/app.wasm", "application/wasm"),
        ("/app.css?v=1", "text/css; charset=utf-8"),
        ("/data.json", "application/json"),
        ("/types.d.ts", "text/plain; charset=utf-8"),
        ("/a%20b.txt", "text/plain; charset=utf-8"),
        ("/other", "application/octet-stream"),
        ("/pkg/pkg.txt", "text/plain; charset=utf-8"),
    ] {
        let response = ask(address, "GET", path, &[], "");
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), Some(kind), "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
    }
    assert_eq!(ask(address, "GET", "/", &[], "").body, b"<h1>home</h1>");
}

#[test]
fn directories_redirect_and_nothing_outside_is_served() {
    let address = serve("outside");
    let response = ask(address, "GET", "/sub?x=1", &[], "");
    assert_eq!(
        (response.status, response.header("location")),
        (308, Some("/sub/?x=1"))
    );
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/sub/../../secret.txt",
        "/..%2fsecret.txt",
        "/./index.html",
        "/none",
        "/pkgs/pkg.txt",
        "/app.js/",
        "/%00",
    ] {
        assert_eq!(ask(address, "GET", path, &[], "").status, 404, "{path}");
    }
    assert_eq!(ask(address, "POST", "/index.html", &[], "").status, 405);
    assert_eq!(ask(address, "GET", "/_sandbox/health", &[], "").status, 200);
    let mut connection = Connection::open(address);
    connection.send("HEAD", "/index.html", &[], "");
    assert_eq!(connection.read_head().expect("a head").length(), 13);
    assert!(connection.is_silent());
}
