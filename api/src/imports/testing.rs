//! Tiny data sets for the tests, written by another implementation than the one under test.

use std::fs;
use std::path::{Path, PathBuf};

use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};

pub const EXPLICIT: &str = "1.2.840.10008.1.2.1";
pub const IMPLICIT: &str = "1.2.840.10008.1.2";
pub const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
pub const DEFLATED: &str = "1.2.840.10008.1.2.1.99";
const CT_IMAGE_STORAGE: &str = "1.2.840.10008.5.1.4.1.1.2";
const PREAMBLE_AND_MAGIC: usize = 132;

/// A data set in the making.
pub struct Header(InMemDicomObject);

impl Header {
    /// An instance of the study with this UID.
    pub fn of_study(study_instance_uid: &str) -> Self {
        Self(InMemDicomObject::new_empty())
            .with(0x0008_0016, VR::UI, CT_IMAGE_STORAGE)
            .with(0x0008_0018, VR::UI, "1.2.3.4")
            .with(0x0020_000D, VR::UI, study_instance_uid)
            .with(0x0020_000E, VR::UI, "1.2.3")
    }

    /// Adds an element with these bytes for its value.
    pub fn with(mut self, tag: u32, vr: VR, value: impl AsRef<[u8]>) -> Self {
        let mut value = value.as_ref().to_vec();
        if !value.len().is_multiple_of(2) {
            value.push(if vr == VR::UI { 0 } else { b' ' });
        }
        self.0.put(DataElement::new(tag_of(tag), vr, PrimitiveValue::U8(value.into())));
        self
    }

    /// Adds a sequence of one item with one element, its lengths undefined.
    pub fn with_sequence(mut self, tag: u32, item_tag: u32, vr: VR, value: &str) -> Self {
        let item = InMemDicomObject::from_element_iter([DataElement::new(tag_of(item_tag), vr, value)]);
        self.0.put(DataElement::new(tag_of(tag), VR::SQ, dicom_core::value::DataSetSequence::from(vec![item])));
        self
    }

    /// The file in this transfer syntax.
    pub fn file(self, transfer_syntax: &str) -> Vec<u8> {
        self.file_of_class(CT_IMAGE_STORAGE, transfer_syntax)
    }

    /// The file, its File Meta Information saying that it is of this SOP class.
    pub fn file_of_class(self, sop_class_uid: &str, transfer_syntax: &str) -> Vec<u8> {
        let meta = FileMetaTableBuilder::new()
            .transfer_syntax(transfer_syntax)
            .media_storage_sop_class_uid(sop_class_uid)
            .media_storage_sop_instance_uid("1.2.3.4")
            .build()
            .expect("a complete File Meta table");
        let mut file = Vec::new();
        self.0.with_exact_meta(meta).write_all(&mut file).expect("a file");
        file
    }
}

/// What is left of a file without preamble, magic word and File Meta Information.
pub fn without_meta(file: &[u8]) -> &[u8] {
    let [a, b, c, d] = file[PREAMBLE_AND_MAGIC + 8..][..4] else { panic!("no group length") };
    &file[PREAMBLE_AND_MAGIC + 12 + u32::from_le_bytes([a, b, c, d]) as usize..]
}

fn tag_of(tag: u32) -> Tag {
    let [g0, g1, e0, e1] = tag.to_be_bytes();
    Tag(u16::from_be_bytes([g0, g1]), u16::from_be_bytes([e0, e1]))
}

/// A folder of temporary files that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
    /// A new, empty folder; the name is one test's.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("patientele-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path.canonicalize().expect("its real path"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, with the folders it is in.
    pub fn put(&self, name: &str, content: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::write(path, content).expect("a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
