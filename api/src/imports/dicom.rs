//! DICOM files: one header, one instance.
//!
//! Read are Part 10 files, and what is found in the field beside them: files without the preamble, without the group
//! length, without any File Meta Information, and with a transfer syntax other than the one they declare.
//!
//! Source: DICOM PS3.10 section 7.1 (File Meta Information), PS3.5 annex A (transfer syntaxes).

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use flate2::read::DeflateDecoder;

use super::attributes::{self as tag, Tag};
use super::dataset::{self, Elements, Layout, Plain, Source};
use super::instance::Instance;
use super::refusal::{Reason, Refusal};
use crate::values;

mod text;

use text::{attributes, uid};

const MAGIC: &[u8; 4] = b"DICM";
const PREAMBLE_LENGTH: usize = 128;
const FILE_META_GROUP: u16 = 0x0002;
/// Media Storage Directory Storage: the SOP class of a DICOMDIR.
const MEDIA_STORAGE_DIRECTORY: &str = "1.2.840.10008.1.3.10";

/// Reads the header of the file at `path`; its pixel data is never read.
///
/// # Errors
/// The reason for which the file is refused.
pub fn read(path: &Path) -> Result<Instance, Refusal> {
    read_from(BufReader::new(File::open(path)?))
}

/// Reads the header of a DICOM file from its first byte on.
///
/// # Errors
/// The reason for which the file is refused.
pub fn read_from(reader: impl Read + Seek) -> Result<Instance, Refusal> {
    let mut source = Plain::new(reader)?;
    let known_as_dicom = skip_magic(&mut source)?;
    let meta = file_meta(&mut source)?;
    if meta.sop_class_uid == MEDIA_STORAGE_DIRECTORY {
        return Err(Reason::DicomDir.into());
    }
    let known_as_dicom = known_as_dicom || meta.found;
    let elements = data_set(source, &meta.transfer_syntax_uid, known_as_dicom)?;
    if elements.values.contains_key(&tag::OFFSET_OF_THE_FIRST_DIRECTORY_RECORD) {
        return Err(Reason::DicomDir.into());
    }
    if !known_as_dicom && !is_plausible(&elements) {
        return Err(Reason::NotDicom.into());
    }
    if let Some((tag, error)) = elements.fault {
        return Err(fault(tag, error));
    }
    Instance::new(&attributes(&elements))
}

/// Steps over the magic word, with or without the preamble; tells whether it was there.
fn skip_magic<R: Read + Seek>(source: &mut Plain<R>) -> io::Result<bool> {
    let start: [u8; PREAMBLE_LENGTH + MAGIC.len()] = source.peek()?;
    let length = if start.ends_with(MAGIC) {
        start.len()
    } else if start.starts_with(MAGIC) {
        MAGIC.len()
    } else {
        return Ok(false);
    };
    source.skip(length as u64)?;
    Ok(true)
}

/// The File Meta Information as far as it matters here.
#[derive(Debug, Default)]
struct FileMeta {
    found: bool,
    transfer_syntax_uid: String,
    sop_class_uid: String,
}

/// Reads the elements of group 2, which are explicit little endian in every file, and stops before the first other one.
///
/// The group length is not relied upon: some files lack it, in others it is wrong.
fn file_meta<R: Read + Seek>(source: &mut Plain<R>) -> Result<FileMeta, Refusal> {
    let mut meta = FileMeta::default();
    loop {
        let [g0, g1, e0, e1, vr @ ..]: [u8; 6] = source.peek()?;
        let group = u16::from_le_bytes([g0, g1]);
        if group != FILE_META_GROUP || !vr.iter().all(u8::is_ascii_uppercase) {
            return Ok(meta);
        }
        let tag = Tag::from(group) << 16 | Tag::from(u16::from_le_bytes([e0, e1]));
        let value = next_value(source).map_err(|error| fault(tag, error))?;
        meta.found = true;
        match tag {
            tag::TRANSFER_SYNTAX_UID => meta.transfer_syntax_uid = uid(&value),
            tag::MEDIA_STORAGE_SOP_CLASS_UID => meta.sop_class_uid = uid(&value),
            _ => {}
        }
    }
}

fn next_value<R: Read + Seek>(source: &mut Plain<R>) -> io::Result<Vec<u8>> {
    let value = match Layout::ExplicitLittle.head(source)? {
        Some(head) => dataset::value(source, head.length)?,
        None => None,
    };
    Ok(value.unwrap_or_default())
}

/// Reads the data set; without any mark of DICOM before it, it has to look like one.
fn data_set<R: Read + Seek>(
    mut source: Plain<R>,
    transfer_syntax: &str,
    known_as_dicom: bool,
) -> Result<Elements, Refusal> {
    if is_deflated(transfer_syntax) {
        return Ok(dataset::read(&mut DeflateDecoder::new(source), Layout::ExplicitLittle, is_wanted));
    }
    let start = source.peek()?;
    match Layout::guess(start) {
        Some(layout) => Ok(dataset::read(&mut source, layout, is_wanted)),
        None if known_as_dicom => Ok(dataset::read(&mut source, layout(transfer_syntax), is_wanted)),
        None => Err(Reason::NotDicom.into()),
    }
}

/// The layout that a transfer syntax stands for. It is asked for only where the bytes do not show it: there are files
/// that declare an explicit transfer syntax and are implicit.
fn layout(transfer_syntax: &str) -> Layout {
    match transfer_syntax {
        "" | "1.2.840.10008.1.2" => Layout::ImplicitLittle,
        "1.2.840.10008.1.2.2" => Layout::ExplicitBig,
        _ => Layout::ExplicitLittle,
    }
}

/// What is read of a data set. Modalities in Study and the counts are not: a sender's header does not know its study.
fn is_wanted(tag: Tag) -> bool {
    tag::OF_AN_INSTANCE.contains(&tag)
        || [tag::OFFSET_OF_THE_FIRST_DIRECTORY_RECORD, tag::SPECIFIC_CHARACTER_SET, tag::SOP_CLASS_UID].contains(&tag)
}

/// Deflated Explicit VR Little Endian, and the JPIP syntaxes that deflate the whole data set.
fn is_deflated(transfer_syntax: &str) -> bool {
    matches!(transfer_syntax, "1.2.840.10008.1.2.1.99" | "1.2.840.10008.1.2.4.95" | "1.2.840.10008.1.2.4.205")
}

/// Whether a file without any mark of DICOM turned out to hold a SOP class or a study.
fn is_plausible(elements: &Elements) -> bool {
    [tag::STUDY_INSTANCE_UID, tag::SOP_CLASS_UID]
        .iter()
        .filter_map(|tag| elements.values.get(tag)?.as_deref())
        .any(|value| values::uid(&uid(value)).is_ok())
}

fn fault(tag: Tag, error: io::Error) -> Refusal {
    let place = format!("at element ({:04X},{:04X})", dataset::group(tag), tag & 0xFFFF);
    match error.kind() {
        ErrorKind::UnexpectedEof => Refusal::new(Reason::Truncated, place),
        // This is how a corrupt deflate stream shows.
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Refusal::new(Reason::Malformed, place),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use dicom_core::VR;

    use super::super::attributes::Warning;
    use super::super::testing::{BIG_ENDIAN, DEFLATED, EXPLICIT, Header, IMPLICIT, without_meta};
    use super::*;

    const PIXEL_DATA: Tag = 0x7FE0_0010;

    fn taken(file: &[u8]) -> Instance {
        read_from(Cursor::new(file)).expect("a file that is taken")
    }

    #[track_caller]
    fn refused(file: &[u8], reason: Reason) {
        assert_eq!(read_from(Cursor::new(file)).map_err(|refusal| refusal.reason), Err(reason));
    }

    fn doe() -> Header {
        Header::of_study("1.2")
            .with(tag::PATIENT_NAME, VR::PN, "Doe^Jane^^Dr")
            .with(tag::PATIENT_ID, VR::LO, "42")
            .with(tag::MODALITY, VR::CS, "CT")
            .with_sequence(0x0008_1140, tag::PATIENT_ID, VR::LO, "of an item")
            .with(PIXEL_DATA, VR::OW, [0; 16])
    }

    #[test]
    fn every_transfer_syntax_reads_alike() {
        let explicit = taken(&doe().file(EXPLICIT));
        assert_eq!(explicit.patient.family_name.as_deref(), Some("Doe"));
        assert_eq!(explicit.patient.given_name.as_deref(), Some("Jane"));
        assert_eq!(explicit.patient.name_prefix.as_deref(), Some("Dr"));
        assert_eq!(explicit.patient.patient_id.as_deref(), Some("42"));
        assert_eq!(explicit.study.study_instance_uid, "1.2");
        assert_eq!(explicit.series_instance_uid.as_deref(), Some("1.2.3"));
        assert_eq!(explicit.sop_instance_uid.as_deref(), Some("1.2.3.4"));
        assert_eq!(explicit.modality.as_deref(), Some("CT"));
        assert!(explicit.warnings.is_empty());
        for transfer_syntax in [IMPLICIT, BIG_ENDIAN, DEFLATED] {
            assert_eq!(taken(&doe().file(transfer_syntax)), explicit, "{transfer_syntax}");
        }
    }

    #[test]
    fn the_preamble_and_the_file_meta_information_may_be_missing() {
        let whole = doe().file(EXPLICIT);
        let expected = taken(&whole);
        assert_eq!(taken(&whole[128..]), expected, "no preamble");
        assert_eq!(taken(&whole[132..]), expected, "no magic word");
        let mut no_group_length = whole.clone();
        no_group_length.drain(132..144);
        assert_eq!(taken(&no_group_length), expected, "no group length");
        for transfer_syntax in [EXPLICIT, IMPLICIT, BIG_ENDIAN] {
            let file = doe().file(transfer_syntax);
            assert_eq!(taken(without_meta(&file)), expected, "no File Meta Information, {transfer_syntax}");
        }
    }

    #[test]
    fn the_bytes_are_believed_before_the_declared_transfer_syntax() {
        let explicit = doe().file(EXPLICIT);
        let meta = &explicit[..explicit.len() - without_meta(&explicit).len()];
        let implicit = doe().file(IMPLICIT);
        assert_eq!(taken(&[meta, without_meta(&implicit)].concat()), taken(&explicit));
    }

    #[test]
    fn a_file_cut_short_is_refused_wherever_it_is_cut() {
        let file = doe().file(EXPLICIT);
        let header_length = file.len() - 16 - 12;
        for length in 0..header_length {
            let reason = read_from(Cursor::new(&file[..length])).map_err(|refusal| refusal.reason);
            // Nothing shows that a file is cut between two elements.
            let is_whole = length >= 132 && matches!(reason, Ok(_) | Err(Reason::StudyUidMissing));
            let is_short = length < 144 && reason == Err(Reason::NotDicom);
            assert!(reason == Err(Reason::Truncated) || is_whole || is_short, "{length}: {reason:?}");
        }
        let cut_in_the_name = &file[..file.windows(3).position(|bytes| bytes == b"Doe").expect("the name")];
        let refusal = read_from(Cursor::new(cut_in_the_name)).expect_err("a cut file");
        assert_eq!(refusal, Refusal::new(Reason::Truncated, "at element (0010,0010)"));
        refused(without_meta(cut_in_the_name), Reason::Truncated);
    }

    #[test]
    fn cut_pixel_data_costs_a_warning() {
        let file = doe().file(EXPLICIT);
        let cut = taken(&file[..file.len() - 1]);
        assert_eq!(Vec::from_iter(cut.warnings), [Warning { field: "pixel_data", code: "truncated" }]);
    }

    #[test]
    fn a_damaged_length_is_a_cut_file() {
        let mut file = Header::of_study("1.2").file(EXPLICIT);
        file.extend_from_slice(b"\x28\x00\x01\x30UN\0\0\xF0\xFF\xFF\xFF");
        refused(&file, Reason::Truncated);
    }

    #[test]
    fn a_dicomdir_is_refused() {
        refused(&Header::of_study("1.2").file_of_class(MEDIA_STORAGE_DIRECTORY, EXPLICIT), Reason::DicomDir);
        let unnamed = Header::of_study("1.2").with(tag::OFFSET_OF_THE_FIRST_DIRECTORY_RECORD, VR::UL, [0; 4]);
        refused(without_meta(&unnamed.file(EXPLICIT)), Reason::DicomDir);
    }

    #[test]
    fn foreign_files_are_refused() {
        let text = "No magic, no preamble: just a text that goes on for more than a header. ".repeat(4);
        for foreign in
            [&b""[..], b"\x08", b"DIC", b"\x89PNG\r\n\x1A\n", b"\x08\0\x05\0CS\x02\0ab", &[0; 300], text.as_bytes()]
        {
            refused(foreign, Reason::NotDicom);
        }
        refused(&[&[0; 128][..], b"DICM"].concat(), Reason::StudyUidMissing);
    }

    #[test]
    fn the_study_needs_a_uid() {
        refused(&Header::of_study("").file(EXPLICIT), Reason::StudyUidMissing);
        refused(&Header::of_study("1.02").file(EXPLICIT), Reason::StudyUidInvalid);
        refused(&Header::of_study("1.2\\1.3").file(EXPLICIT), Reason::StudyUidInvalid);
    }
}
