//! A handler with one organization, under a key of the caller, and its inspector.

use crate::support::Organization;
use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::{Handler, Request, Settings};
use serde_json::{Value, json};

const NOW_MS: u64 = 1_775_000_000_000;

fn sandbox(seed: Option<u64>) -> Handler {
    Handler::with_organization("cfy_mine", seed, Settings::default(), NOW_MS)
}

fn directory(sandbox: &mut Handler) -> Value {
    let inspector = sandbox
        .inspect("cfy_mine", NOW_MS)
        .expect("the organization");
    json!(inspector.directory())
}

#[test]
fn it_has_the_given_key_and_no_other_organization() {
    for seed in [None, Some(5)] {
        let mut sandbox = sandbox(seed);
        assert!(sandbox.inspect("cfy_sandbox", NOW_MS).is_none());
        let agent = directory(&mut sandbox)["agents"][0]["id"].clone();
        let path = format!("{BASE_PATH}/get-agent/{}", agent.as_str().expect("an id"));
        for (key, status) in [
            ("cfy_mine", 200),
            ("cfy_mine_other_scope", 403),
            ("cfy_sandbox", 401),
        ] {
            let request = Request::new("GET", &path).with_header("x-api-key", key);
            assert_eq!(sandbox.handle(&request, NOW_MS).response.status, status);
        }
    }
}

#[test]
fn its_seed_determines_its_ids_which_are_the_default_ones_without_it() {
    let one = directory(&mut sandbox(Some(5)));
    assert_eq!(one, directory(&mut sandbox(Some(5))));
    assert_ne!(one["agents"], directory(&mut sandbox(Some(6)))["agents"]);
    let mut server = Handler::new(1, NOW_MS);
    let inspector = server.inspect("cfy_sandbox", NOW_MS);
    let well_known = json!(inspector.expect("the well-known organization").directory());
    let plain = directory(&mut sandbox(None));
    for field in ["agents", "contacts", "calls", "organization_id"] {
        assert_eq!(plain[field], well_known[field], "{field}");
    }
}

#[test]
fn urls_have_the_origin_of_the_request() {
    let mut sandbox = sandbox(None);
    let call = directory(&mut sandbox)["calls"][0]["call_id"].clone();
    let id = call.as_str().expect("an id");
    let mut request = Request::new("GET", &format!("{BASE_PATH}/get-call-recording/{id}"))
        .with_header("x-api-key", "cfy_mine")
        .with_header("host", "elsewhere.example");
    request.origin = Some("https://here.example".to_owned());
    let response = sandbox.handle(&request, NOW_MS).response.value();
    let url = response["recording_url"].as_str().expect("a URL");
    assert!(url.starts_with("https://here.example/recordings/"), "{url}");
}

#[test]
fn the_inspector_and_the_control_endpoints_agree() {
    let mut sandbox = sandbox(None);
    let path = "/_sandbox/organizations/cfy_mine";
    let shown = sandbox.handle(&Request::new("GET", path), NOW_MS).response;
    assert_eq!(shown.value(), directory(&mut sandbox));
    let contact = directory(&mut sandbox)["contacts"][2]["id"].clone();
    let message = json!({ "contact_id": contact, "content": "Hello" });
    let written = {
        let mut inspector = sandbox
            .inspect("cfy_mine", NOW_MS)
            .expect("the organization");
        inspector.receive(message.as_object().expect("an object"))
    };
    let inspector = sandbox
        .inspect("cfy_mine", NOW_MS)
        .expect("the organization");
    let conversation = inspector.conversation(contact.as_str().expect("an id"));
    assert_eq!(
        conversation.expect("the conversation").last(),
        Some(&written.expect("the message"))
    );
    let unknown = inspector.conversation("nobody").expect_err("nobody");
    assert!(unknown.message.contains(contact.as_str().expect("an id")));
}

#[test]
fn the_initial_contacts_can_be_set() {
    let contacts = json!([{ "id": "c-1", "name": "Mia", "phone": "+12075550100" }, { "email": "a@b.example" }]);
    let mut organization = Organization::with(&json!({ "contacts": contacts }));
    assert_eq!(organization.info["contacts"][0]["name"], "Mia");
    assert_eq!(
        organization.info["contacts"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(organization.info["calls"], json!([]));
    assert_ne!(organization.info["agents"], json!([]));
    let request = organization.request("GET", "get-contact-messages/c-1", None);
    assert_eq!(organization.send(request).value()["messages"], json!([]));
    for wrong in [
        json!({}),
        json!([1]),
        json!([{ "nmae": "Mia" }]),
        json!([{ "name": 1 }]),
    ] {
        let body = json!({ "contacts": wrong });
        let refused =
            organization.send(Request::new("POST", "/_sandbox/organizations").with_json(&body));
        assert_eq!(refused.status, 400, "{body}");
        let message = refused.value()["message"].to_string();
        assert!(message.contains("contacts "), "{message}");
    }
}

#[test]
fn the_welcome_page_names_the_key() {
    let mut sandbox = sandbox(None);
    let request = Request::new("GET", "/").with_header("host", "sandbox.test");
    let response = sandbox.handle(&request, NOW_MS).response;
    let text = String::from_utf8(response.body).expect("text");
    assert!(text.contains("cfy_mine\n"), "{text}");
    assert!(text.contains("http://sandbox.test/_sandbox/organizations/cfy_mine/log\n"));
}
