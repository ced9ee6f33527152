//! What the server says of itself at `/`, to people and to tools that wait until it is ready.

use crate::http::{Answer, Request};
use crate::routes::BASE_PATH;

/// Answers a request for `/`. The key is that of the world to begin with.
pub(crate) fn answer(key: &str, request: &Request) -> Answer {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Answer::wrong_method("GET, HEAD");
    }
    let origin = request.origin();
    let control = format!("{origin}/_sandbox");
    let world = format!("{control}/worlds/{key}");
    let text = format!(
        "The Centerfy AI API, as a sandbox for tests. No message leaves it and no phone rings.\n\n\
         baseUrl     {origin}{BASE_PATH}\n\
         apiKey      {key}\n\n\
         health      GET  {control}/health\n\
         what is in  GET  {world}\n\
         log         GET  {world}/log\n\
         deliveries  GET  {world}/deliveries\n\
         new world   POST {control}/worlds\n"
    );
    let mut answer = Answer::empty(200);
    answer.set("content-type", "text/plain; charset=utf-8");
    answer.set("cache-control", "no-store");
    answer.set("x-content-type-options", "nosniff");
    answer.body = text.into_bytes();
    answer
}
