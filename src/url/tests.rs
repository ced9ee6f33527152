use super::{BASE, base, escape, of_operation};
use crate::operations::Operation;
use proptest::prelude::*;

fn segment(text: &str) -> String {
    let mut escaped = String::new();
    escape(&mut escaped, text);
    escaped
}

#[test]
fn a_segment_is_escaped_as_encode_uri_component_does_it() {
    assert_eq!(segment("a-B_9.!~*'()"), "a-B_9.!~*'()");
    assert_eq!(segment("a/b?c#d e%"), "a%2Fb%3Fc%23d%20e%25");
    assert_eq!(segment("é☎"), "%C3%A9%E2%98%8E");
    assert_eq!(segment("%2e%2e"), "%252e%252e");
}

#[test]
fn a_base_ends_with_one_slash() {
    assert_eq!(base(BASE, false), Some(format!("{BASE}/")));
    assert_eq!(base("HTTP://x:1//", false).as_deref(), Some("http://x:1/"));
    assert_eq!(base("/api/crm", true).as_deref(), Some("/api/crm/"));
    assert_eq!(base("/", true).as_deref(), Some("/"));
    for url in ["http://a:65535/", "http://[::1]:8787/", "http://[::1]/"] {
        assert_eq!(base(url, false).as_deref(), Some(url));
    }
}

#[test]
fn one_base_in_two_spellings_is_one() {
    for (spelling, one) in [
        ("HTTPS://Example.COM/Api", "https://example.com/Api/"),
        ("https://example.com:443", "https://example.com/"),
        ("http://a:80/", "http://a/"),
        ("http://a:/", "http://a/"),
        ("http://a:443/", "http://a:443/"),
        ("http://[::1]:80", "http://[::1]/"),
    ] {
        assert_eq!(base(spelling, false).as_deref(), Some(one), "{spelling}");
    }
}

#[test]
fn a_base_has_nothing_to_keep_secret_and_goes_nowhere_else() {
    for refused in [
        "",
        "crmwebhook.com",
        "ftp://x/",
        "https://",
        "https:///path",
        "https://user:secret@x/",
        "https://x/?key=1",
        "https://x/#a",
        "https://x\\y",
        "https://x/a b",
        "/api",
        "javascript:alert(1)",
        "http://host:99999",
        "http://host:65536/api",
        "http://a:b",
        "http://a:-1",
        "http://a:1:2",
        "http://:80",
        "http://[::1",
        "http://::1",
        "http://[::1]:b",
        "http://a<b",
        "http://a%41",
    ] {
        assert_eq!(base(refused, false), None, "{refused}");
    }
    assert_eq!(base("//elsewhere/api", true), None);
    assert_eq!(base("api", true), None);
}

#[test]
fn an_operation_adds_its_path_its_id_and_its_query() {
    let url = |operation: Operation, query| of_operation("h/", operation.route(), "a/b", "", query);
    assert_eq!(url(Operation::GetAgent, &[]), "h/get-agent/a%2Fb");
    assert_eq!(url(Operation::SendMessage, &[]), "h/send-message");
    assert_eq!(
        url(
            Operation::GetContactMessages,
            &[("limit", "5"), ("offset", "0")]
        ),
        "h/get-contact-messages/a%2Fb?limit=5&offset=0"
    );
}

/// The other way round, as a server reads it.
fn unescape(segment: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

proptest! {
    #[test]
    fn a_segment_stays_one_segment_and_is_read_as_what_it_was(id in any::<String>()) {
        let escaped = segment(&id);
        prop_assert!(!escaped.contains(['/', '?', '#', '\\', ' ', '&', '=']));
        prop_assert!(escaped.is_ascii());
        prop_assert_eq!(unescape(&escaped), Some(id));
    }

    #[test]
    fn no_base_panics_and_none_has_a_query(given in any::<String>(), relative in any::<bool>()) {
        if let Some(base) = base(&given, relative) {
            prop_assert!(base.ends_with('/'));
            prop_assert!(!base.contains(['?', '#', '@']) || given.contains('@'));
        }
    }
}
