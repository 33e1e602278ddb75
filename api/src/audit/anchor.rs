//! The newest seal as it is known outside the database: a file in the data folder, a line of the log, a note in a safe.

use std::fmt;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::str::FromStr;

const FILE: &str = "audit_head";

/// A seal and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub seal: i64,
    pub mac: Vec<u8>,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.seal)?;
        self.mac.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Anchor {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || "a head is NUMBER:SIGNATURE, as the log says it".to_owned();
        let (seal, mac) = text.trim().split_once(':').ok_or_else(wrong)?;
        let byte = |at: usize| u8::from_str_radix(mac.get(at..at + 2)?, 16).ok();
        let mac: Option<Vec<u8>> = (0..mac.len()).step_by(2).map(byte).collect();
        Ok(Self { seal: seal.parse().map_err(|_| wrong())?, mac: mac.ok_or_else(wrong)? })
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

/// What the data folder knows.
///
/// # Errors
/// When the file is there and cannot be read, or is not what [`write`] makes.
pub fn read(data_dir: &Path) -> Result<Option<Anchor>> {
    match std::fs::read_to_string(path(data_dir)) {
        Ok(text) => text.parse().map(Some).map_err(std::io::Error::other),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Notes it in the data folder.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(data_dir: &Path, anchor: &Anchor) -> Result<()> {
    crate::files::make_private_folder(data_dir)?;
    let new = path(data_dir).with_extension("new");
    std::fs::write(&new, anchor.to_string())?;
    std::fs::rename(new, path(data_dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_as_it_is_written() {
        let anchor = Anchor { seal: 12, mac: vec![0, 255, 16] };
        assert_eq!(anchor.to_string(), "12:00ff10");
        assert_eq!("12:00ff10\n".parse(), Ok(anchor));
        for bad in ["", "12", "x:00", "12:0", "12:zz"] {
            assert!(bad.parse::<Anchor>().is_err(), "{bad}");
        }
    }
}
