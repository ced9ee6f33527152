//! The page at `/`, for people and for tools that wait until the server is ready.

use crate::http::{Request, Response};
use crate::routes::BASE_PATH;

/// Responds to a request for `/`. The key is that of the first organization.
pub(crate) fn respond(key: &str, request: &Request) -> Response {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::wrong_method("GET, HEAD");
    }
    let origin = request.origin();
    let control = format!("{origin}{}", crate::control::PATH);
    let organization = format!("{control}/organizations/{key}");
    let text = format!(
        "The Centerfy AI API as a sandbox for tests. It sends no messages and places no calls.\n\n\
         baseUrl             {origin}{BASE_PATH}\n\
         apiKey              {key}\n\n\
         health              GET  {control}/health\n\
         keys and ids        GET  {organization}\n\
         log                 GET  {organization}/log\n\
         deliveries          GET  {organization}/deliveries\n\
         new organization    POST {control}/organizations\n"
    );
    let mut response = Response::empty(200);
    response.set("content-type", "text/plain; charset=utf-8");
    response.set("cache-control", "no-store");
    response.set("x-content-type-options", "nosniff");
    response.body = text.into_bytes();
    response
}
