//! Data as nobody would write it.

use pdf::readback::{Field, Reader, compare};
use pdf::{Template, view};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// JSON of the names that templates know, and of any texts.
fn data() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[a-zäß€ .,@/:#*_$\\\\-]{0,24}",
        any::<String>(),
        Just("2024-03".to_owned()),
        Just("2024-13-99T".to_owned()),
        Just("https://example.org/".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::String),
    ];
    let key = prop::sample::select(vec![
        "basics",
        "name",
        "label",
        "email",
        "phone",
        "url",
        "summary",
        "location",
        "city",
        "profiles",
        "work",
        "position",
        "startDate",
        "endDate",
        "highlights",
        "skills",
        "keywords",
        "education",
        "studyType",
        "languages",
        "fluency",
        "sections",
        "labels",
        "months",
        "present",
        "sender",
        "recipient",
        "address",
        "paragraphs",
        "enclosures",
        "date",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|pairs| {
                let pairs = pairs
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(pairs.collect::<Map<_, _>>())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_data_has_a_view_or_a_reason(data in data(), index in 0usize..12) {
        match view::expected(Template::ALL[index], &data) {
            Ok(fields) => prop_assert!(fields.iter().all(|field| !field.name.is_empty())),
            Err(error) => prop_assert!(error.to_string().contains("; give"), "{}", error),
        }
    }

    #[test]
    fn text_that_was_read_as_it_was_meant_is_found_in_order(texts in prop::collection::vec("[a-z]{1,8}( [a-z]{1,8}){0,4}", 1..12)) {
        let fields: Vec<Field> = texts.iter().map(|text| Field { name: "f".into(), text: text.clone() }).collect();
        let report = compare(&fields, &[texts.join("\n")]);
        prop_assert!(report.is_clean(), "{:?}", report);
    }

    #[test]
    fn the_streams_reader_survives_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 0usize..600) {
        let mut file = MINIMAL.as_bytes().to_vec();
        let at = cut.min(file.len());
        file.splice(at..(at + bytes.len() / 8).min(file.len()), bytes);
        if let Err(error) = Reader::Stream.read(&file) {
            prop_assert!(error.to_string().starts_with("the reader `stream`"));
        }
    }
}

/// A page without a cross-reference table, which readers repair.
const MINIMAL: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>> endobj
4 0 obj <</Type/XObject/Subtype/Form/Resources 3 0 R/Length 96>> stream
q BT /F 12 Tf 1 0 0 1 72 700 Tm [(Hello) -300 (there)] TJ T* (again) ' ET /X Do Q Q
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/Widths[278 278]>> endobj
trailer <</Root 1 0 R>>
";
