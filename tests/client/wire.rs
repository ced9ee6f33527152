//! The sandbox, another client for its control endpoint, and the time.

#[cfg(target_arch = "wasm32")]
pub use javascript::{ask, now, sandbox, sleep};
#[cfg(not(target_arch = "wasm32"))]
pub use native::{ask, now, sandbox, sleep};

#[cfg(target_arch = "wasm32")]
mod javascript {
    use std::time::Duration;

    use gloo_net::http::Request;
    use serde_json::Value;
    use wasm_bindgen::prelude::*;

    /// The URL of the sandbox.
    pub const fn sandbox() -> &'static str {
        env!(
            "CENTERFY_SANDBOX",
            "run these tests with `cargo xtask test wasm`"
        )
    }

    /// GET, or POST with a body; the answer's JSON.
    pub async fn ask(url: &str, body: Option<Value>) -> Value {
        let answer = match body {
            Some(body) => Request::post(url).json(&body).unwrap().send().await,
            None => Request::get(url).send().await,
        };
        let answer = answer.unwrap();
        assert!(answer.ok(), "the sandbox answered {}", answer.status());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
    }

    /// Lets time pass.
    pub async fn sleep(time: Duration) {
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_name = setTimeout)]
            fn set_timeout(ring: &js_sys::Function, milliseconds: f64) -> JsValue;
        }
        let mut start = |resolve: js_sys::Function, _| {
            set_timeout(&resolve, time.as_secs_f64() * 1000.0);
        };
        let promise = js_sys::Promise::new(&mut start);
        wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    }

    /// Milliseconds.
    pub fn now() -> f64 {
        js_sys::Date::now()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::OnceLock;
    use std::time::{Duration, Instant};

    use centerfy_sandbox::server::{Options, Server};
    use serde_json::Value;

    /// The URL of the sandbox, which runs in a thread of this process.
    pub fn sandbox() -> &'static str {
        static URL: OnceLock<String> = OnceLock::new();
        URL.get_or_init(|| {
            let quiet = Options {
                quiet: true,
                ..Options::default()
            };
            let server = Server::bind(quiet).unwrap();
            let address = server.address().unwrap();
            std::thread::spawn(|| server.run());
            format!("http://{address}")
        })
    }

    /// GET, or POST with a body; the answer's JSON. By hand, on a connection of its own.
    pub async fn ask(url: &str, body: Option<Value>) -> Value {
        let (host, path) = url
            .strip_prefix("http://")
            .and_then(|url| url.split_once('/'))
            .unwrap();
        let method = if body.is_some() { "POST" } else { "GET" };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let length = body.len();
        let request = format!(
            "{method} /{path} HTTP/1.0\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap();
        assert!(status.starts_with('2'), "the sandbox answered {status}");
        serde_json::from_str(body).unwrap_or_default()
    }

    /// Lets time pass.
    pub async fn sleep(time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Milliseconds.
    pub fn now() -> f64 {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
    }
}
