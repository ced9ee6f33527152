//! `CENTERFY_API_KEY=cfy_… cargo run`, then POST to http://127.0.0.1:3000/reminders.

use centerfy::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(std::env::var("CENTERFY_API_KEY")?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, rust_axum::app(client)).await?;
    Ok(())
}
