//! DICOM JSON files: one object or an array of objects, each an instance or a study of a query response.
//!
//! Source: DICOM PS3.18 annex F (the model), table 10.6.3-3 (the attributes of a study in a query response).

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::attributes::{self as tag, Attributes, Tag};
use super::instance::Instance;
use super::refusal::{Reason, Refusal};

/// The largest file that is read; it is held in memory as a whole.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// Reads the file at `path`: one result an object.
///
/// # Errors
/// The reason for which the file is refused as a whole.
pub fn read(path: &Path) -> Result<Vec<Result<Instance, Refusal>>, Refusal> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Reason::TooLarge.into());
    }
    read_from(&bytes)
}

/// Reads the text of a file.
///
/// # Errors
/// The reason for which it is refused as a whole.
pub fn read_from(bytes: &[u8]) -> Result<Vec<Result<Instance, Refusal>>, Refusal> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match serde_json::from_slice::<Objects>(bytes) {
        Ok(Objects(objects)) if !objects.is_empty() => Ok(objects),
        // A fault of syntax is told by its place; what serde says of a fault of shape would quote the value.
        Err(fault) if !fault.is_data() => {
            let place = format!("line {}, column {}", fault.line(), fault.column());
            Err(Refusal::new(Reason::NotDicom, place))
        }
        _ => Err(Reason::NotDicom.into()),
    }
}

/// What the objects of a file became. Each is taken in as it is read: all together are many times larger as JSON values.
struct Objects(Vec<Result<Instance, Refusal>>);

impl<'de> Deserialize<'de> for Objects {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectsVisitor)
    }
}

struct ObjectsVisitor;

impl<'de> Visitor<'de> for ObjectsVisitor {
    type Value = Objects;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Objects, A::Error> {
        let object = Map::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Objects(vec![instance(&object)]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Objects, A::Error> {
        let mut objects = Vec::new();
        while let Some(row) = rows.next_element::<Value>()? {
            let instance = row.as_object().map_or_else(|| Err(Reason::NotDicom.into()), instance);
            objects.push(instance.map_err(|refusal| refusal.at(&format!("object {}", objects.len() + 1))));
        }
        Ok(Objects(objects))
    }
}

fn instance(object: &Map<String, Value>) -> Result<Instance, Refusal> {
    let elements = object.iter().filter_map(|(key, element)| Some((tag(key)?, element)));
    let mut attributes = Attributes::default();
    let mut is_dicom = false;
    for (tag, element) in elements {
        is_dicom = true;
        if is_wanted(tag) {
            let values = element.get("Value").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            attributes.put(tag, values.iter().map(text));
        }
    }
    if is_dicom { Instance::new(&attributes) } else { Err(Reason::NotDicom.into()) }
}

/// What is read of an object: all that is read of a header, and what a query response says about its study.
fn is_wanted(tag: Tag) -> bool {
    const OF_A_STUDY: [Tag; 3] =
        [tag::MODALITIES_IN_STUDY, tag::NUMBER_OF_STUDY_RELATED_SERIES, tag::NUMBER_OF_STUDY_RELATED_INSTANCES];
    tag::OF_AN_INSTANCE.contains(&tag) || OF_A_STUDY.contains(&tag)
}

/// A tag as a member's name: eight hexadecimal digits (PS3.18 F.2.2).
fn tag(key: &str) -> Option<Tag> {
    let is_tag = key.len() == 8 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_tag.then(|| Tag::from_str_radix(key, 16).ok()).flatten()
}

/// One value as text: numbers as they are written, person names as PN strings, null as no value (PS3.18 F.2.3).
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(name) => {
            let group = |key| name.get(key).and_then(Value::as_str).unwrap_or("");
            [group("Alphabetic"), group("Ideographic"), group("Phonetic")].join("=")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Language;

    fn reasons(text: &str) -> Vec<Result<Instance, Reason>> {
        let results = read_from(text.as_bytes()).unwrap_or_else(|refusal| vec![Err(refusal)]);
        results.into_iter().map(|result| result.map_err(|refusal| refusal.reason)).collect()
    }

    #[test]
    fn an_instance_is_read() {
        let text = "\u{FEFF}{
            \"0020000d\": {\"vr\": \"UI\", \"Value\": [\"1.2\"]},
            \"00080018\": {\"vr\": \"UI\", \"Value\": [\"1.2.3\"]},
            \"00080060\": {\"vr\": \"CS\", \"Value\": [\"MR\"]},
            \"00080090\": {\"vr\": \"PN\"},
            \"00100010\": {\"vr\": \"PN\", \"Value\": [{\"Alphabetic\": \"Yamada^Tarou\", \"Phonetic\": \"やまだ\"}]},
            \"00101040\": {\"vr\": \"LO\", \"Value\": [null]},
            \"7FE00010\": {\"vr\": \"OW\", \"InlineBinary\": \"AAAA\"}
        }";
        let instance = read_from(text.as_bytes()).expect("DICOM JSON").remove(0).expect("an instance");
        assert_eq!(instance.study.study_instance_uid, "1.2");
        assert_eq!(instance.sop_instance_uid.as_deref(), Some("1.2.3"));
        assert_eq!(instance.modality.as_deref(), Some("MR"));
        assert_eq!(instance.patient.given_name.as_deref(), Some("Tarou"));
        assert_eq!(instance.patient.phonetic_name.as_deref(), Some("やまだ"));
        assert_eq!(instance.patient.address, None);
        assert!(instance.warnings.is_empty(), "{:?}", instance.warnings);
    }

    #[test]
    fn the_rows_of_a_query_response_are_read_one_by_one() {
        let text = r#"[
            {"0020000D": {"vr": "UI", "Value": ["1.2"]},
             "00080061": {"vr": "CS", "Value": ["CT", "SR"]},
             "00201206": {"vr": "IS", "Value": [3]},
             "00201208": {"vr": "IS", "Value": ["120"]}},
            {"00100020": {"vr": "LO", "Value": ["42"]}},
            {"name": "no DICOM"},
            7
        ]"#;
        let results = read_from(text.as_bytes()).expect("DICOM JSON");
        let study = results[0].as_ref().expect("a study");
        assert_eq!(Vec::from_iter(&study.modalities_in_study), ["CT", "SR"]);
        assert_eq!(study.number_of_study_related_series, Some(3));
        assert_eq!(study.number_of_study_related_instances, Some(120));
        assert_eq!(results[1], Err(Refusal::new(Reason::StudyUidMissing, "object 2")));
        assert_eq!(results[2], Err(Refusal::new(Reason::NotDicom, "object 3")));
        assert_eq!(results[3], Err(Refusal::new(Reason::NotDicom, "object 4")));
    }

    #[test]
    fn other_json_and_what_is_no_json_are_refused() {
        for text in ["", "{", "[]", "7", "\"text\"", "{\"license\": \"MIT\"}", "{\"0020000Z\": {}}"] {
            assert_eq!(reasons(text), [Err(Reason::NotDicom)], "{text}");
        }
        let refusal = read_from(b"{\"00100010\": Doe}").expect_err("no JSON");
        assert_eq!(refusal.text(Language::English), "not a DICOM file (line 1, column 14)");
        assert_eq!(reasons(r#"{"0020000D": {"vr": "UI", "Value": "1.2"}}"#), [Err(Reason::StudyUidMissing)]);
        assert_eq!(reasons(&"[".repeat(10_000)), [Err(Reason::NotDicom)]);
    }
}
