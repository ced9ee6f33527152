//! Prints a contact's conversation, the newest message first.
//!
//! `CENTERFY_API_KEY=cfy_… cargo run --example conversation -- CONTACT_ID`. With CENTERFY_BASE_URL it
//! reads from another server, for example the sandbox.

use std::env;
use std::error::Error;

use centerfy::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let contact = env::args().nth(1).ok_or("which contact?")?;
    let mut client = Client::builder().api_key(env::var("CENTERFY_API_KEY")?);
    if let Ok(url) = env::var("CENTERFY_BASE_URL") {
        client = client.base_url(url);
    }
    let mut messages = client.build()?.contact_messages(&contact);
    while let Some(message) = messages.next().await {
        let message = message?;
        println!(
            "{} {}: {}",
            message.timestamp, message.sender_type, message.content
        );
    }
    Ok(())
}
