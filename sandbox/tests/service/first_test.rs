use centerfy::Client;
use centerfy::types::{Author, Channel, SendMessageRequest};
use centerfy_sandbox::{Fault, Sandbox, When};
use std::error::Error;

#[tokio::test]
async fn a_message_whose_response_is_lost_is_not_sent_again() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::new();
    let client = Client::builder()
        .api_key(sandbox.api_key())
        .transport(sandbox.service())
        .build()?;
    let conversation = &sandbox.contacts()[0].conversation_id;
    let text = "See you at ten.";
    let message = SendMessageRequest::new(conversation, Channel::Sms, Author::AsWritten, text);

    sandbox.fail("sendMessage", Fault::drop(When::After))?;
    let error = client.send_message(&message).await.unwrap_err();
    assert!(error.maybe_delivered());
    assert_eq!(sandbox.deliveries().len(), 1);
    Ok(())
}
