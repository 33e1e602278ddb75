//! The language of texts for people.

use actix_web::HttpMessage;
use actix_web::http::header::{self, HeaderMap};

use super::accept::weighed;

/// A language that texts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// What callers get who do not ask.
    #[default]
    English,
    /// Asked for by `Accept-Language: fr`.
    French,
}

impl Language {
    /// The language that `Accept-Language` weighs most among those there are (RFC 9110 section 12.5.4).
    pub fn of(request: &impl HttpMessage) -> Self {
        Self::preferred(request.headers())
    }

    /// The tag for `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    fn preferred(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let mut best = (Self::English, 0.0);
        for range in accepted.split(',') {
            let (tag, quality) = weighed(range);
            let language = match tag.split('-').next().unwrap_or("") {
                "fr" => Self::French,
                "en" | "*" => Self::English,
                _ => continue,
            };
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_weightiest_known_language_wins() {
        for (accepted, expected) in [
            ("fr", Language::French),
            ("fr-CA, en;q=0.5", Language::French),
            ("en, fr;q=0.9", Language::English),
            ("en;q=0.2, fr;q=0.9", Language::French),
            ("de", Language::English),
            ("fr;q=0", Language::English),
            ("fr;q=x", Language::English),
        ] {
            let request = TestRequest::default().insert_header((header::ACCEPT_LANGUAGE, accepted)).to_srv_request();
            assert_eq!(Language::of(&request), expected, "{accepted}");
        }
    }
}
