//! Where a request comes from, also behind reverse proxies.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpRequest, web};
use ipnet::IpNet;

use crate::error::ApiError;
use crate::state::AppState;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose word about a client's address is taken; none unless configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// A comma list of addresses and networks: `10.0.0.0/8,::1`.
impl FromStr for TrustedProxies {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let network = |text: &str| text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(drop);
        text.split(',').map(|one| network(one.trim())).collect::<Result<_, ()>>().map(Self)
    }
}

/// The address of the client behind a request, for limits and for the trail. Every handler may take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address of the client that sent a request.
    pub fn of(request: &HttpRequest) -> Self {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let address = request
            .app_data::<web::Data<AppState>>()
            .map_or(peer, |state| client_address(peer, request.headers(), &state.trusted_proxies));
        Self(address.to_canonical())
    }
}

/// The part of an address that one customer has all of: of IPv6 the first 64 bits.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

impl FromRequest for ClientAddress {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The peer; behind trusted proxies, the last address that one of them has seen and that is no proxy itself. What stands
/// further left in the header was written by whoever sent it there, and counts for nothing.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let mut client = peer.to_canonical();
    for hop in forwarded(headers).into_iter().rev() {
        if !trusted.contains(client) {
            break;
        }
        let Some(address) = hop else { break };
        client = address.to_canonical();
    }
    client
}

/// The hops that the headers name, the client's own first; none where a proxy hides one. `Forwarded` (RFC 7239) counts only
/// where there is no `X-Forwarded-For`: nearly every proxy writes the latter, and passes on the former as the client sent it.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = |name: &HeaderName| -> Vec<String> {
        let lines = headers.get_all(name).map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
        lines.flat_map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let hops = lines(&X_FORWARDED_FOR);
    if !hops.is_empty() {
        return hops.iter().map(|hop| node(hop)).collect();
    }
    let of_element = |element: &String| {
        let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("for")).and_then(|(_, value)| node(value))
    };
    lines(&header::FORWARDED).iter().map(of_element).collect()
}

/// The address of a node (RFC 7239 section 6): `192.0.2.1`, `192.0.2.1:80`, `"[2001:db8::1]:80"`; nothing for a hidden one.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn of(peer: &str, trusted: &str, lines: &[(&str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            let name = HeaderName::from_str(name).expect("a name");
            headers.append(name, HeaderValue::from_str(value).expect("a value"));
        }
        let trusted = if trusted.is_empty() { TrustedProxies::default() } else { trusted.parse().expect("networks") };
        client_address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn who_is_no_trusted_proxy_speaks_for_itself_alone() {
        let lines = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9")];
        assert_eq!(of("192.0.2.1", "", &lines), "192.0.2.1");
        assert_eq!(of("192.0.2.1", "10.0.0.0/8", &lines), "192.0.2.1");
        assert_eq!(of("10.0.0.1", "10.0.0.0/8", &lines), "203.0.113.9");
    }

    #[test]
    fn what_the_client_wrote_itself_counts_for_nothing() {
        let proxies = "10.0.0.0/8, 2001:db8:a::/48";
        let forged = [("x-forwarded-for", "198.51.100.7, 203.0.113.9"), ("x-forwarded-for", "10.0.0.2")];
        assert_eq!(of("10.0.0.1", proxies, &forged), "203.0.113.9");
        assert_eq!(of("10.0.0.1", proxies, &[("x-forwarded-for", "10.0.0.3")]), "10.0.0.3");
        assert_eq!(of("10.0.0.1", proxies, &[("x-forwarded-for", "198.51.100.7, unknown")]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", proxies, &[("x-forwarded-for", "198.51.100.7,")]), "10.0.0.1");
        assert_eq!(of("2001:db8:a::1", proxies, &[("x-forwarded-for", "2001:db8:b::9")]), "2001:db8:b::9");
        let both = [("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=198.51.100.7")];
        assert_eq!(of("10.0.0.1", proxies, &both), "203.0.113.9");
    }

    #[test]
    fn addresses_are_read_in_every_form_that_proxies_write() {
        for (line, address) in [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("proto=https; For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=198.51.100.7, for=\"192.0.2.60:443\"", "192.0.2.60"),
            ("for=_hidden", "10.0.0.1"),
            ("by=203.0.113.43", "10.0.0.1"),
        ] {
            assert_eq!(of("10.0.0.1", "10.0.0.1", &[("forwarded", line)]), address, "{line}");
        }
        assert_eq!(of("::ffff:10.0.0.1", "10.0.0.1", &[("x-forwarded-for", "::ffff:192.0.2.60")]), "192.0.2.60");
        assert_eq!(of("10.0.0.1", "10.0.0.1", &[("x-forwarded-for", "[2001:db8::1]")]), "2001:db8::1");
    }

    #[test]
    fn networks_are_networks() {
        for bad in ["", "10.0.0.0/33", "proxy", "10.0.0.1,,10.0.0.2"] {
            assert!(bad.parse::<TrustedProxies>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_stands_for_its_network() {
        let of = |text: &str| network(text.parse().expect("an address")).to_string();
        assert_eq!(of("192.0.2.60"), "192.0.2.60");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
