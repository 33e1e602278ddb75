//! A health check without a shell or another program, for containers.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use patientele::config::Config;

const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `GET /` of the server.
///
/// # Errors
/// When it does not answer 200.
pub fn run(config: &Config, url: Option<&str>) -> Result<(), String> {
    let (host, path) = target(config, url)?;
    let status = status(&host, &path).map_err(|error| format!("{host} does not answer: {error}"))?;
    if status == "200" { Ok(()) } else { Err(format!("{host} answers {status}")) }
}

fn target(config: &Config, url: Option<&str>) -> Result<(String, String), String> {
    let Some(url) = url else {
        let host = match config.host.as_str() {
            "0.0.0.0" => "127.0.0.1".to_owned(),
            "::" => "[::1]".to_owned(),
            host if host.contains(':') => format!("[{host}]"),
            host => host.to_owned(),
        };
        return Ok((format!("{host}:{}", config.port), "/".to_owned()));
    };
    let rest = url.strip_prefix("http://").ok_or("the address must start with http://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // The colons of an IPv6 address stand between brackets.
    let has_port = host.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
    let host = if has_port { host.to_owned() } else { format!("{host}:80") };
    Ok((host, format!("/{path}")))
}

/// The status of one plain HTTP request.
fn status(host: &str, path: &str) -> std::io::Result<String> {
    let address = host.to_socket_addrs()?.next().ok_or_else(|| std::io::Error::other("the name has no address"))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split(' ').nth(1).unwrap_or("nothing").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_one_of_ipv6_and_without_a_port() {
        let config = Config::new(std::path::Path::new("nowhere"));
        for (url, host, path) in [
            ("http://127.0.0.1", "127.0.0.1:80", "/"),
            ("http://[::1]", "[::1]:80", "/"),
            ("http://[::1]:5000/health/live", "[::1]:5000", "/health/live"),
            ("http://registry:5000/", "registry:5000", "/"),
        ] {
            assert_eq!(target(&config, Some(url)), Ok((host.to_owned(), path.to_owned())), "{url}");
        }
        assert!(target(&config, Some("https://127.0.0.1")).is_err());
        for (listens, asked) in [("0.0.0.0", "127.0.0.1:5000"), ("::", "[::1]:5000"), ("::1", "[::1]:5000")] {
            let config = Config { host: listens.to_owned(), port: 5000, ..config.clone() };
            assert_eq!(target(&config, None).map(|(host, _)| host), Ok(asked.to_owned()));
        }
    }
}
