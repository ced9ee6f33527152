//! Serves the files of a directory, for a demo page or a test page.

use crate::http::{Request, Response, unescape};
use std::path::{Path, PathBuf};

/// Responds with the file at a path.
pub(crate) async fn respond(serve: &[(String, PathBuf)], request: &Request) -> Response {
    let Some((directory, rest)) = find(serve, &request.path) else {
        return missing();
    };
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::wrong_method("GET, HEAD");
    }
    let Some(mut path) = inside(directory, rest) else {
        return missing();
    };
    if path.is_dir() {
        if !request.path.ends_with('/') {
            // Relative links of a page are resolved against the directory.
            let query = if request.query.is_empty() {
                String::new()
            } else {
                format!("?{}", request.query)
            };
            let mut response = Response::empty(308);
            response.set("location", format!("{}/{query}", request.path));
            return response;
        }
        path.push("index.html");
    } else if request.path.ends_with('/') {
        return missing();
    }
    let kind = mime(&path);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
    let Ok(Ok(body)) = read else {
        return missing();
    };
    let mut response = Response {
        status: 200,
        headers: Vec::new(),
        body,
    };
    response.set("content-type", kind);
    response.set("cache-control", "no-store");
    response.set("x-content-type-options", "nosniff");
    response.set("access-control-allow-origin", "*");
    response
}

/// Whether a path is below one of the served paths.
pub(crate) fn has(serve: &[(String, PathBuf)], path: &str) -> bool {
    find(serve, path).is_some()
}

/// The directory for a path, and the rest of the path.
fn find<'a>(serve: &'a [(String, PathBuf)], path: &'a str) -> Option<(&'a Path, &'a str)> {
    serve.iter().find_map(|(prefix, directory)| {
        let rest = path.strip_prefix(prefix.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some((directory.as_path(), rest))
    })
}

/// The file at a path below a directory. `None` for a path that leaves the directory.
fn inside(directory: &Path, rest: &str) -> Option<PathBuf> {
    let mut path = directory.to_owned();
    for segment in rest.split('/').filter(|segment| !segment.is_empty()) {
        let segment = unescape(segment);
        if segment == "." || segment == ".." || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        path.push(segment);
    }
    Some(path)
}

fn missing() -> Response {
    let mut response = Response::empty(404);
    response.set("content-type", "text/plain; charset=utf-8");
    response.set("cache-control", "no-store");
    response.body = b"There is nothing at this path.\n".to_vec();
    response
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("ts" | "md" | "txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("wav") => "audio/wav",
        _ => "application/octet-stream",
    }
}
