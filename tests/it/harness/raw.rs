//! Requests as bytes, for what no client library would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// An answer as it came.
#[derive(Debug)]
pub struct RawAnswer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

/// Sends bytes, keeps the connection open for writing, and reads until the server closes or has nothing more to say.
pub fn raw(base: &str, request: &[u8]) -> RawAnswer {
    let address = base.strip_prefix("http://").expect("a plain address");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time limit");
    // A server that has answered already need not read the rest.
    let _ = stream.write_all(request);
    let (head, body) = read(&mut stream);
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{head}"));
    RawAnswer { status, head: head.to_lowercase(), body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
}

/// The head, and as much of the body as the head announces.
fn read(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length =
                head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if length.is_some_and(|length: usize| bytes.len() >= end + 4 + length) {
                return (head, bytes.split_off(end + 4));
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) => panic!("closed after {}", String::from_utf8_lossy(&bytes)),
            Ok(number) => bytes.extend_from_slice(&buffer[..number]),
            Err(error) => panic!("{error} after {}", String::from_utf8_lossy(&bytes)),
        }
    }
}
