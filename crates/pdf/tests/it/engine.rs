//! What the engine promises beside the looks.

use pdf::{Engine, Meta, Paper, RenderError, Rendered, Template};
use serde_json::{Value, json};

use crate::samples::{HAN, Sample};

fn classic() -> Template {
    Template::by_name("classic").expect("classic is shipped")
}

fn meta() -> Meta {
    Sample::named("short").meta()
}

fn render(data: &Value) -> Result<Rendered, RenderError> {
    pdf::render(
        &Engine::new(Vec::new()),
        classic(),
        Paper::A4,
        data,
        &[],
        &meta(),
    )
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let data = Sample::named("full").data();
    assert_eq!(render(&data).unwrap().bytes, render(&data).unwrap().bytes);
}

#[test]
fn attachments_come_out_as_they_went_in() {
    let sample = Sample::named("full");
    let attachment = sample.attachment();
    let engine = Engine::new(Vec::new());
    let rendered = pdf::render(
        &engine,
        classic(),
        Paper::A4,
        &sample.data(),
        std::slice::from_ref(&attachment),
        &meta(),
    )
    .unwrap();
    let document = pdf_oxide::PdfDocument::from_bytes(rendered.bytes).unwrap();
    let files = document.extract_embedded_files().unwrap();
    assert_eq!(files, [(attachment.name, attachment.bytes)]);
}

#[test]
fn the_file_says_that_it_is_an_accessible_archive_in_its_language() {
    let rendered = render(&Sample::named("short").data()).unwrap();
    let document = lopdf::Document::load_mem(&rendered.bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(catalog.has(b"StructTreeRoot"));
    let stream = catalog
        .get_deref(b"Metadata", &document)
        .unwrap()
        .as_stream()
        .unwrap();
    let metadata = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
    for claim in [
        "<pdfaid:part>3",
        "<pdfaid:conformance>A",
        "<pdfuaid:part>1",
        "Sample short",
    ] {
        assert!(metadata.contains(claim), "no {claim} in {metadata}");
    }
}

#[test]
fn who_has_not_written_a_name_yet_gets_pages_all_the_same() {
    let engine = Engine::new(Vec::new());
    let sample = Sample::named("full");
    for template in sample.templates() {
        let mut data = sample.data();
        data["basics"]["name"] = "".into();
        for data in [data, serde_json::json!({})] {
            let rendered = pdf::render(&engine, template, Paper::A4, &data, &[], &meta());
            let rendered = rendered.unwrap_or_else(|error| panic!("{}: {error}", template.name));
            assert_eq!(rendered.warnings, [""; 0], "{}", template.name);
        }
    }
}

#[test]
fn a_writing_system_without_a_font_is_named() {
    let rendered = render(&HAN.data()).unwrap();
    let names: Vec<&str> = rendered.missing.iter().map(|script| script.name).collect();
    assert!(names.contains(&"Han"), "{names:?}");
}

#[test]
fn han_characters_are_shown_and_read_back_with_a_font_of_the_system() {
    let folder = std::path::Path::new("/usr/share/fonts/opentype/noto");
    if !folder.is_dir() {
        eprintln!(
            "skipped: no fonts for Han characters in {}",
            folder.display()
        );
        return;
    }
    let engine = Engine::new(vec![folder.to_owned()]);
    for template in HAN.templates() {
        let data = HAN.data();
        let rendered = pdf::render(&engine, template, Paper::A4, &data, &[], &HAN.meta()).unwrap();
        assert_eq!(rendered.missing, []);
        let expected = pdf::view::expected(template, &data).unwrap();
        for reading in pdf::readback::check(&rendered.bytes, &expected).unwrap() {
            assert!(reading.report.is_clean(), "{}: {reading:?}", template.name);
        }
    }
}

#[test]
fn input_that_cannot_be_set_says_what_to_do() {
    let error = |data: &Value| render(data).unwrap_err().to_string();
    assert!(error(&json!([])).contains("give one with the fields"));
    assert!(error(&json!({"basics": "Mira"})).contains("give one with at least `name`"));
    let meta = Meta {
        language: "klingon!".into(),
        ..meta()
    };
    let engine = Engine::new(Vec::new());
    let wrong = pdf::render(&engine, classic(), Paper::A4, &json!({}), &[], &meta).unwrap_err();
    assert!(wrong.to_string().contains("give a tag such as"), "{wrong}");
}

#[test]
fn nothing_in_the_data_is_taken_for_markup_or_breaks_the_page() {
    let nasty = "#panic(\"x\") *bold* _a_ $x$ @ref <label> \\ // ` ``` \u{fb01} \u{e000} \u{7}";
    let data = json!({
        "basics": {"name": nasty, "email": nasty, "url": "javascript:alert(1)", "summary": nasty},
        "work": [{"position": nasty, "highlights": [nasty, "x".repeat(5_000), ""]}, "no object", null],
        "skills": [{"keywords": [nasty, 3, null]}],
        "sections": ["skills", "none such"],
    });
    let rendered = render(&data).unwrap();
    assert!(rendered.missing.is_empty(), "{:?}", rendered.missing);
    let expected = pdf::view::expected(classic(), &data).unwrap();
    let stream = pdf::readback::Reader::Stream.read(&rendered.bytes).unwrap();
    let report = pdf::readback::compare(&expected, &stream);
    assert_eq!(report.private_use + report.ligatures, 0);
    assert!(
        report.missing.is_empty() && report.out_of_order.is_empty(),
        "{report:?}"
    );
}

#[test]
fn right_to_left_scripts_are_read_back_with_a_font_of_the_system() {
    let folder = std::path::Path::new("/usr/share/fonts/truetype/dejavu");
    if !folder.is_dir() {
        eprintln!("skipped: no font for Arabic in {}", folder.display());
        return;
    }
    let data = json!({
        "basics": {"name": "ليلى حداد", "email": "layla@example.org"},
        "work": [{"position": "مطورة برمجيات", "startDate": "2024-02", "highlights": ["كتبت خدمة تقرأ العدادات كل دقيقة."]}],
    });
    let engine = Engine::new(vec![folder.to_owned()]);
    let meta = Meta {
        language: "ar".into(),
        ..meta()
    };
    let rendered = pdf::render(&engine, classic(), Paper::A4, &data, &[], &meta).unwrap();
    assert_eq!(rendered.missing, []);
    let expected = pdf::view::expected(classic(), &data).unwrap();
    for reading in pdf::readback::check(&rendered.bytes, &expected).unwrap() {
        assert!(reading.report.is_clean(), "{reading:?}");
    }
}

#[test]
fn a_preview_has_a_picture_for_each_page() {
    let sample = Sample::named("long");
    let engine = Engine::new(Vec::new());
    let pages = pdf::preview(
        &engine,
        classic(),
        Paper::A4,
        &sample.data(),
        &sample.meta(),
    )
    .unwrap();
    let rendered = pdf::render(
        &engine,
        classic(),
        Paper::A4,
        &sample.data(),
        &[],
        &sample.meta(),
    )
    .unwrap();
    assert_eq!(pages.len(), rendered.pages);
    assert!(
        pages
            .iter()
            .all(|page| page.starts_with("<svg") && page.ends_with("</svg>"))
    );
}
