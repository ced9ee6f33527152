//! The files of a folder, for a demo page or a test page.

use crate::http::{Answer, Request, unescape};
use std::path::{Path, PathBuf};

/// Answers with the file that a path names.
pub(crate) async fn answer(serve: &[(String, PathBuf)], request: &Request) -> Answer {
    let Some((folder, rest)) = find(serve, &request.path) else {
        return missing();
    };
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Answer::wrong_method("GET, HEAD");
    }
    let Some(mut path) = inside(folder, rest) else {
        return missing();
    };
    if path.is_dir() {
        if !request.path.ends_with('/') {
            // A page's relative links only lead somewhere from below the folder.
            let query = if request.query.is_empty() {
                String::new()
            } else {
                format!("?{}", request.query)
            };
            let mut answer = Answer::empty(308);
            answer.set("location", format!("{}/{query}", request.path));
            return answer;
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
    let mut answer = Answer {
        status: 200,
        headers: Vec::new(),
        body,
    };
    answer.set("content-type", kind);
    answer.set("cache-control", "no-store");
    answer.set("x-content-type-options", "nosniff");
    answer.set("access-control-allow-origin", "*");
    answer
}

/// Whether a path is below one of the folders.
pub(crate) fn has(serve: &[(String, PathBuf)], path: &str) -> bool {
    find(serve, path).is_some()
}

/// The folder that a path is below, and the rest of the path.
fn find<'a>(serve: &'a [(String, PathBuf)], path: &'a str) -> Option<(&'a Path, &'a str)> {
    serve.iter().find_map(|(prefix, folder)| {
        let rest = path.strip_prefix(prefix.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then_some((folder.as_path(), rest))
    })
}

/// The file below a folder; a path that climbs out of it names none.
fn inside(folder: &Path, rest: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for segment in rest.split('/').filter(|segment| !segment.is_empty()) {
        let segment = unescape(segment);
        if segment == "." || segment == ".." || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        path.push(segment);
    }
    Some(path)
}

fn missing() -> Answer {
    let mut answer = Answer::empty(404);
    answer.set("content-type", "text/plain; charset=utf-8");
    answer.set("cache-control", "no-store");
    answer.body = b"There is nothing at this path.\n".to_vec();
    answer
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
