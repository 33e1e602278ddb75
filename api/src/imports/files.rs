//! Finding and reading the files of an import.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::instance::Instance;
use super::refusal::{Reason, Refusal};
use super::{dicom, dicom_json};

/// The files under some paths, in the order of the paths and, inside a folder, of the names.
///
/// Folders are gone through with all that is in them. A symbolic link counts as what it points to, but no folder is
/// gone through twice, so links cannot lead round in circles. What cannot be read takes its turn with its path and the
/// reason.
pub fn walk(paths: impl IntoIterator<Item = PathBuf>) -> Walk {
    let mut pending: Vec<PathBuf> = paths.into_iter().collect();
    pending.reverse();
    Walk { pending, seen: HashSet::new() }
}

/// The iterator that [`walk`] gives.
#[derive(Debug)]
pub struct Walk {
    /// What is still to be looked at, the next one last.
    pending: Vec<PathBuf>,
    /// The folders gone through, by their real paths.
    seen: HashSet<PathBuf>,
}

impl Iterator for Walk {
    type Item = Result<PathBuf, (PathBuf, Refusal)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.pending.pop()?;
            match self.enter(&path) {
                Ok(Entry::Folder) => {}
                Ok(Entry::File) => return Some(Ok(path)),
                Ok(Entry::Other) => {
                    return Some(Err((path, Refusal::new(Reason::NotDicom, "neither a file nor a folder"))));
                }
                Err(error) => return Some(Err((path, error.into()))),
            }
        }
    }
}

enum Entry {
    Folder,
    File,
    /// A pipe, a socket, a device: opening one might wait for ever.
    Other,
}

impl Walk {
    /// Tells what is at the path; the content of a folder is put in line.
    fn enter(&mut self, path: &Path) -> io::Result<Entry> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_dir() {
            return Ok(if metadata.is_file() { Entry::File } else { Entry::Other });
        }
        if self.seen.insert(path.canonicalize()?) {
            let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
            let mut entries = entries?;
            entries.sort_unstable_by(|a, b| b.cmp(a));
            self.pending.append(&mut entries);
        }
        Ok(Entry::Folder)
    }
}

/// Reads one file: a DICOM JSON file if its name ends in `.json`, a DICOM file otherwise.
///
/// A DICOM file gives one result; a DICOM JSON file gives one for each of its objects, or one if it is refused as a
/// whole.
pub fn read(path: &Path) -> Vec<Result<Instance, Refusal>> {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json { dicom_json::read(path).unwrap_or_else(|refusal| vec![Err(refusal)]) } else { vec![dicom::read(path)] }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{EXPLICIT, Folder, Header};
    use super::*;

    fn names(folder: &Folder, paths: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let relative = |path: PathBuf| path.strip_prefix(folder.path()).expect("a path inside").display().to_string();
        let name = |found| match found {
            Ok(path) => relative(path),
            Err((path, refusal)) => {
                let refusal: Refusal = refusal;
                format!("{}: {}", relative(path), refusal.reason.name())
            }
        };
        walk(paths).map(name).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_names() {
        let folder = Folder::new("walk_order");
        for name in ["b/2", "b/10", "a", "c/d/e", ".hidden"] {
            folder.put(name, b"");
        }
        assert_eq!(names(&folder, &[""]), [".hidden", "a", "b/10", "b/2", "c/d/e"]);
        assert_eq!(names(&folder, &["c", "a", "b"]), ["c/d/e", "a", "b/10", "b/2"]);
        assert_eq!(names(&folder, &["b", ""]), ["b/10", "b/2", ".hidden", "a", "c/d/e"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_stops_nothing() {
        let folder = Folder::new("walk_missing");
        folder.put("a", b"");
        assert_eq!(names(&folder, &["missing", "a"]), ["missing: unreadable", "a"]);
        assert_eq!(
            read(&folder.path().join("missing")).remove(0).map_err(|refusal| refusal.reason),
            Err(Reason::Unreadable)
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        let folder = Folder::new("walk_links");
        folder.put("a/file", b"");
        for (link, target) in [("a/up", ".."), ("b", "a"), ("c", "a/file"), ("d", "nowhere")] {
            std::os::unix::fs::symlink(target, folder.path().join(link)).expect("a link");
        }
        assert_eq!(names(&folder, &[""]), ["a/file", "c", "d: unreadable"]);
    }

    #[test]
    fn files_are_read_by_what_they_are() {
        let folder = Folder::new("read");
        folder.put("image", &Header::of_study("1.2").file(EXPLICIT));
        folder.put(
            "rows.JSON",
            br#"[{"0020000D": {"vr": "UI", "Value": ["1.3"]}}, {"0020000D": {"vr": "UI", "Value": ["1.4"]}}]"#,
        );
        folder.put("text.txt", b"text");
        folder.put("text.json", b"text");
        let read: Vec<_> = walk([folder.path().to_owned()])
            .flat_map(|path| read(&path.expect("a file")))
            .map(|result| result.map(|i| i.study.study_instance_uid).map_err(|refusal| refusal.reason))
            .collect();
        let uid = |uid: &str| Ok(uid.to_owned());
        assert_eq!(read, [uid("1.2"), uid("1.3"), uid("1.4"), Err(Reason::NotDicom), Err(Reason::NotDicom)]);
    }
}
