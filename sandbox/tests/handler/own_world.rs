//! A sandbox of one world, in the same process: its key is given, and the side entrance is open.

use crate::support::World;
use centerfy_sandbox::routes::BASE_PATH;
use centerfy_sandbox::{Request, Sandbox, Settings};
use serde_json::{Value, json};

const NOW_MS: u64 = 1_775_000_000_000;

fn sandbox(seed: Option<u64>) -> Sandbox {
    Sandbox::with_world("cfy_mine", seed, Settings::default(), NOW_MS)
}

fn directory(sandbox: &mut Sandbox) -> Value {
    let door = sandbox.door("cfy_mine", NOW_MS).expect("the world");
    json!(door.directory())
}

#[test]
fn it_has_the_key_that_was_given_and_no_other_world() {
    for seed in [None, Some(5)] {
        let mut sandbox = sandbox(seed);
        assert!(sandbox.door("cfy_sandbox", NOW_MS).is_none());
        let agent = directory(&mut sandbox)["agents"][0]["id"].clone();
        let path = format!("{BASE_PATH}/get-agent/{}", agent.as_str().expect("an id"));
        for (key, status) in [
            ("cfy_mine", 200),
            ("cfy_mine_other_scope", 403),
            ("cfy_sandbox", 401),
        ] {
            let request = Request::new("GET", &path).with_header("x-api-key", key);
            assert_eq!(sandbox.handle(&request, NOW_MS).answer.status, status);
        }
    }
}

#[test]
fn its_seed_decides_its_ids_and_without_one_they_are_the_well_known_ones() {
    let one = directory(&mut sandbox(Some(5)));
    assert_eq!(one, directory(&mut sandbox(Some(5))));
    assert_ne!(one["agents"], directory(&mut sandbox(Some(6)))["agents"]);
    let mut server = Sandbox::new(1, NOW_MS);
    let door = server.door("cfy_sandbox", NOW_MS);
    let well_known = json!(door.expect("the well-known world").directory());
    let plain = directory(&mut sandbox(None));
    for field in ["agents", "contacts", "calls", "organization_id"] {
        assert_eq!(plain[field], well_known[field], "{field}");
    }
}

#[test]
fn its_origin_is_where_the_request_says_that_it_was_found() {
    let mut sandbox = sandbox(None);
    let call = directory(&mut sandbox)["calls"][0]["call_id"].clone();
    let id = call.as_str().expect("an id");
    let mut request = Request::new("GET", &format!("{BASE_PATH}/get-call-recording/{id}"))
        .with_header("x-api-key", "cfy_mine")
        .with_header("host", "elsewhere.example");
    request.origin = Some("https://here.example".to_owned());
    let answer = sandbox.handle(&request, NOW_MS).answer.value();
    let url = answer["recording_url"].as_str().expect("a URL");
    assert!(url.starts_with("https://here.example/recordings/"), "{url}");
}

#[test]
fn the_side_entrance_and_the_control_door_show_the_same() {
    let mut sandbox = sandbox(None);
    let path = "/_sandbox/worlds/cfy_mine";
    let shown = sandbox.handle(&Request::new("GET", path), NOW_MS).answer;
    assert_eq!(shown.value(), directory(&mut sandbox));
    let contact = directory(&mut sandbox)["contacts"][2]["id"].clone();
    let message = json!({ "contact_id": contact, "content": "Hello" });
    let written = {
        let mut door = sandbox.door("cfy_mine", NOW_MS).expect("the world");
        door.receive(message.as_object().expect("an object"))
    };
    let door = sandbox.door("cfy_mine", NOW_MS).expect("the world");
    let conversation = door.conversation(contact.as_str().expect("an id"));
    assert_eq!(
        conversation.expect("the conversation").last(),
        Some(&written.expect("the message"))
    );
    let unknown = door.conversation("nobody").expect_err("nobody");
    assert!(unknown.message.contains(contact.as_str().expect("an id")));
}

#[test]
fn a_world_begins_with_the_contacts_that_were_given() {
    let contacts = json!([{ "id": "c-1", "name": "Mia", "phone": "+12075550100" }, { "email": "a@b.example" }]);
    let mut world = World::with(&json!({ "contacts": contacts }));
    assert_eq!(world.info["contacts"][0]["name"], "Mia");
    assert_eq!(world.info["contacts"].as_array().map(Vec::len), Some(2));
    assert_eq!(world.info["calls"], json!([]));
    assert_ne!(world.info["agents"], json!([]));
    let request = world.request("GET", "get-contact-messages/c-1", None);
    assert_eq!(world.send(request).value()["messages"], json!([]));
    for wrong in [
        json!({}),
        json!([1]),
        json!([{ "nmae": "Mia" }]),
        json!([{ "name": 1 }]),
    ] {
        let body = json!({ "contacts": wrong });
        let refused = world.send(Request::new("POST", "/_sandbox/worlds").with_json(&body));
        assert_eq!(refused.status, 400, "{body}");
        let message = refused.value()["message"].to_string();
        assert!(message.contains("contacts "), "{message}");
    }
}

#[test]
fn the_welcome_names_its_key() {
    let mut sandbox = sandbox(None);
    let request = Request::new("GET", "/").with_header("host", "sandbox.test");
    let answer = sandbox.handle(&request, NOW_MS).answer;
    let text = String::from_utf8(answer.body).expect("text");
    assert!(text.contains("cfy_mine\n"), "{text}");
    assert!(text.contains("http://sandbox.test/_sandbox/worlds/cfy_mine/log\n"));
}
