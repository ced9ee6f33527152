//! The welcome page and the health endpoint, which tools poll until the server is ready.

use super::support::{Connection, ask, server};

#[test]
fn the_welcome_page_lists_the_endpoints() {
    let address = server();
    let response = ask(address, "GET", "/", &[], "");
    assert_eq!(response.status, 200);
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let text = String::from_utf8(response.body).expect("text");
    for path in [
        "/functions/v1/crm-api",
        "/_sandbox/health",
        "/_sandbox/organizations/cfy_sandbox/log",
        "/_sandbox/organizations/cfy_sandbox/deliveries",
    ] {
        assert!(
            text.contains(&format!("http://{address}{path}\n")),
            "{path}: {text}"
        );
    }
    assert_eq!(ask(address, "POST", "/", &[], "").status, 405);
    assert_eq!(ask(address, "GET", "/index.html", &[], "").status, 404);
}

#[test]
fn head_is_get_without_a_body() {
    let address = server();
    for path in [
        "/",
        "/_sandbox/health",
        "/_sandbox/organizations/cfy_sandbox/log",
    ] {
        let whole = ask(address, "GET", path, &[], "");
        let mut connection = Connection::open(address);
        connection.send("HEAD", path, &[], "");
        let head = connection.read_head().expect("a head");
        assert_eq!(
            (head.status, head.length()),
            (200, whole.length()),
            "{path}"
        );
        assert!(connection.is_silent(), "{path}");
    }
}
