//! A way to the database that can be cut.

use std::net::SocketAddr;

use patientele::config::{Config, Secret};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Forwards to a database server while it is open; while it is closed, connections end at once.
pub struct Proxy {
    open: watch::Sender<bool>,
    address: SocketAddr,
}

impl Proxy {
    /// A closed proxy before the database server of this configuration; none when the database is a file.
    pub async fn before(config: &Config) -> Option<Self> {
        let server = server_of(config)?.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (open, is_open) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, server.clone(), is_open.clone()));
            }
        });
        Some(Self { open, address })
    }

    /// The configuration that goes through this proxy.
    pub fn through(&self, config: &Config) -> Config {
        let server = server_of(config).expect("a database server");
        let url = config.database_url.expose().replace(server, &self.address.to_string());
        Config { database_url: Secret::new(url), ..config.clone() }
    }

    /// Lets connections through.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Ends the connections there are, and every new one.
    pub fn close(&self) {
        self.open.send_replace(false);
    }
}

async fn forward(mut client: TcpStream, server: String, mut is_open: watch::Receiver<bool>) {
    if !*is_open.borrow() {
        return;
    }
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = is_open.wait_for(|open| !open) => {}
    }
}

/// `host:port` of `mysql://user@host:port/database`.
fn server_of(config: &Config) -> Option<&str> {
    let rest = config.database_url.expose().strip_prefix("mysql://")?;
    let authority = rest.split('/').next().unwrap_or(rest);
    Some(authority.rsplit('@').next().unwrap_or(authority))
}
