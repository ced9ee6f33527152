//! A server in this process, an organization on it, and a client that reads single bytes.

use centerfy_sandbox::server::{Options, Server};
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The timeout of reads, so that a test fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(10);

/// The address of the server, which the first use starts. `CENTERFY_SANDBOX_AT` names another one as
/// `127.0.0.1:PORT`, because `npx centerfy sandbox` has to pass the same tests.
pub fn server() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        if let Ok(address) = std::env::var("CENTERFY_SANDBOX_AT") {
            return address.parse().expect("an address");
        }
        start(Options {
            quiet: true,
            ..Options::default()
        })
    })
}

/// Starts a server on a free port.
pub fn start(options: Options) -> SocketAddr {
    let server = Server::bind(options).expect("a free port");
    let address = server.address().expect("an address");
    std::thread::spawn(move || server.run());
    address
}

/// A response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn length(&self) -> usize {
        let length = self.header("content-length").expect("a length");
        length.parse().expect("a number")
    }

    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// A connection.
pub struct Connection {
    stream: TcpStream,
    address: SocketAddr,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        Self { stream, address }
    }

    /// Sends a request. `headers` are lines.
    pub fn send(&mut self, method: &str, target: &str, headers: &[&str], body: &str) {
        let mut lines = headers.join("\r\n");
        if !body.is_empty() {
            lines += &format!("\r\ncontent-length: {}", body.len());
        }
        let head = self.head(method, target, lines.trim_start());
        // In one write, because the server may reset the connection as soon as it has the head.
        self.send_raw(&(head + body));
    }

    /// Sends the head of a request.
    pub fn send_head(&mut self, method: &str, target: &str, lines: &str) {
        let head = self.head(method, target, lines);
        self.send_raw(&head);
    }

    fn head(&self, method: &str, target: &str, lines: &str) -> String {
        let lines = match lines {
            "" => String::new(),
            lines => format!("{lines}\r\n"),
        };
        let host = self.address;
        format!("{method} {target} HTTP/1.1\r\nhost: {host}\r\n{lines}\r\n")
    }

    /// Sends bytes.
    pub fn send_raw(&mut self, bytes: &str) {
        self.stream.write_all(bytes.as_bytes()).expect("sent");
    }

    /// Reads the head of a response.
    pub fn read_head(&mut self) -> io::Result<Response> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.stream.read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).expect("text");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        Ok(Response {
            status: status
                .and_then(|status| status.parse().ok())
                .expect("a status"),
            headers: lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: Vec::new(),
        })
    }

    /// Reads that many bytes.
    pub fn read_bytes(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads the next bytes.
    pub fn read_some(&mut self) -> io::Result<usize> {
        self.stream.read(&mut [0; 4096])
    }

    /// Reads a whole response.
    pub fn read(&mut self) -> io::Result<Response> {
        let mut response = self.read_head()?;
        if response.header("content-length").is_some() {
            response.body = self.read_bytes(response.length())?;
        }
        Ok(response)
    }

    /// Whether nothing has arrived and the connection is open.
    pub fn is_silent(&self) -> bool {
        self.stream.set_nonblocking(true).expect("a mode");
        let peeked = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false).expect("a mode");
        peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

/// Sends a request on a new connection and reads the whole response.
pub fn ask(
    address: SocketAddr,
    method: &str,
    target: &str,
    headers: &[&str],
    body: &str,
) -> Response {
    let mut connection = Connection::open(address);
    connection.send(method, target, headers, body);
    connection.read().expect("a response")
}

/// Waits for a condition.
#[track_caller]
pub fn until(mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "it did not come true");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// An organization on the server.
pub struct Organization {
    pub address: SocketAddr,
    pub info: Value,
    pub key_line: String,
}

impl Organization {
    pub fn new() -> Self {
        let address = server();
        let info = ask(address, "POST", "/_sandbox/organizations", &[], "").value();
        let key_line = format!("x-api-key: {}", info["api_key"].as_str().expect("a key"));
        Self {
            address,
            info,
            key_line,
        }
    }

    pub fn control(&self, method: &str, inspector: &str, body: &Value) -> Value {
        let key = self.info["api_key"].as_str().expect("a key");
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let response = ask(
            self.address,
            method,
            &format!("/_sandbox/organizations/{key}{inspector}"),
            &[],
            &body,
        );
        assert!(
            (200..300).contains(&response.status),
            "{}",
            response.value()
        );
        response.value()
    }

    pub fn fault(&self, fault: Value) {
        self.control("POST", "/faults", &fault);
    }

    /// The path of an existing agent.
    pub fn agent_path(&self) -> String {
        let id = self.info["agents"][0]["id"].as_str().expect("an id");
        format!("/functions/v1/crm-api/get-agent/{id}")
    }

    /// Sends a message to a contact, on a new connection, and does not read the response.
    pub fn start_message(&self) -> Connection {
        let body = json!({
            "content": "See you tomorrow.",
            "ai": false,
            "conversation_id": self.info["contacts"][0]["conversation_id"],
            "channel": "sms",
        });
        let mut connection = Connection::open(self.address);
        let path = "/functions/v1/crm-api/send-message";
        connection.send("POST", path, &[&self.key_line], &body.to_string());
        connection
    }

    /// The number of deliveries.
    pub fn delivered(&self) -> usize {
        let deliveries = self.control("GET", "/deliveries", &Value::Null);
        deliveries.as_array().map_or(0, Vec::len)
    }

    /// The number of requests in the log.
    pub fn logged(&self) -> usize {
        let log = self.control("GET", "/log", &Value::Null);
        log.as_array().map_or(0, Vec::len)
    }

    /// The newest entry of the log.
    pub fn last_logged(&self) -> Value {
        let log = self.control("GET", "/log", &Value::Null);
        log.as_array()
            .and_then(|log| log.last().cloned())
            .unwrap_or(Value::Null)
    }
}
