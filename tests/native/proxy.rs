//! Clients of `centerfy/proxy`.

use centerfy::{CenterfyError, Client};

use crate::support::{answering, message, response};

const SENT: &str = r#"{ "message_id": "m", "content": "Hello", "sender_type": "agent",
    "channel": "sms", "ai": false, "delivered": true }"#;

#[tokio::test(start_paused = true)]
async fn a_call_has_one_key_for_all_its_attempts() {
    let (service, log) = answering(|number| match number {
        1 => response(503, ""),
        _ => response(200, SENT),
    });
    let client = Client::builder().proxy("https://example.com/centerfy/");
    let client = client.transport(service).build().unwrap();
    client.send_message(&message()).await.unwrap();
    client.send_message(&message()).await.unwrap();
    let log = log.lock().unwrap();
    let keys: Vec<_> = log
        .iter()
        .map(|it| &it.headers["idempotency-key"])
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0] == keys[1] && keys[1] != keys[2]);
    assert!(log[0].headers.get("centerfy-since").is_none());
    assert!(log[1].headers.get("centerfy-since").is_some());
    assert!(log[0].headers.get("authorization").is_none());
    assert_eq!(log[0].uri, "https://example.com/centerfy/send-message/");
}

#[tokio::test]
async fn a_key_of_ones_own_goes_out_in_quotes() {
    let (service, log) = answering(|_| response(200, SENT));
    let client = Client::builder().proxy("/centerfy").transport(service);
    let client = client.build().unwrap();
    let call = client.send_message(&message()).idempotency_key("order-7");
    call.await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log[0].headers["idempotency-key"], "\"order-7\"");
    assert_eq!(log[0].uri, "/centerfy/send-message");
}

#[tokio::test]
async fn a_key_that_is_none_or_of_no_use_is_refused() {
    let (service, log) = answering(|_| response(200, SENT));
    let proxied = Client::builder().proxy("/centerfy");
    let proxied = proxied.transport(service.clone()).build().unwrap();
    let direct = Client::builder().api_key("cfy_1").transport(service);
    let direct = direct.build().unwrap();
    for (client, key) in [(&proxied, ""), (&proxied, "a\"b"), (&direct, "order-7")] {
        let call = client.send_message(&message()).idempotency_key(key);
        let error = call.await.unwrap_err();
        assert!(matches!(error, CenterfyError::Validation(_)), "{error:?}");
        assert_eq!(error.field(), Some("idempotency_key"));
    }
    assert!(log.lock().unwrap().is_empty());
    let both = Client::builder()
        .proxy("/centerfy")
        .api_key("cfy_1")
        .build();
    assert_eq!(both.unwrap_err().field(), Some("proxy"));
}
