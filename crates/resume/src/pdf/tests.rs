//! PDF: pages made for the test, hostile documents, and real ones where they are present.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use crate::report::{Change, Kind};
use crate::{ReadError, read, testing};

/// A line of a page: size, left edge, base line, bold, text.
type Shown = (f32, f32, f32, bool, &'static str);

/// A PDF whose pages show these lines.
fn pdf(pages: &[Vec<Shown>]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let mut font = |name: &str| {
        document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
        })
    };
    let (plain, bold) = (font("Helvetica"), font("Helvetica-Bold"));
    let resources =
        document.add_object(dictionary! {"Font" => dictionary! {"F1" => plain, "F2" => bold}});
    let mut kids: Vec<Object> = Vec::new();
    for lines in pages {
        let mut content = String::new();
        for (size, x, y, bold, text) in lines {
            let font = if *bold { "F2" } else { "F1" };
            let text = text
                .replace('\\', "\\\\")
                .replace('(', "\\(")
                .replace(')', "\\)");
            content.push_str(&format!("BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"));
        }
        let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        kids.push(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        }).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! {"Type" => "Pages", "Kids" => kids, "Count" => count}),
    );
    let catalog = document.add_object(dictionary! {"Type" => "Catalog", "Pages" => tree});
    document.trailer.set("Root", catalog);
    document.trailer.set(
        "ID",
        Object::Array(vec![Object::String(vec![1; 16], StringFormat::Literal); 2]),
    );
    document
}

fn bytes(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn page() -> Vec<Shown> {
    vec![
        (18.0, 54.0, 740.0, true, "Mira Holm"),
        (
            10.0,
            54.0,
            724.0,
            false,
            "mira.holm@mail.example  |  +46 70 555 01 23  |  Uppsala, Sweden",
        ),
        (12.0, 54.0, 700.0, true, "Experience"),
        (10.0, 54.0, 684.0, true, "Backend Engineering Intern"),
        (10.0, 440.0, 684.0, false, "Jun 2025 - Aug 2025"),
        (10.0, 54.0, 670.0, false, "Tallvik Systems AB"),
        (
            10.0,
            66.0,
            656.0,
            false,
            "\u{95} Wrote a REST endpoint in Java",
        ),
        (12.0, 54.0, 630.0, true, "Skills"),
        (10.0, 54.0, 614.0, false, "Java, Rust, SQL"),
    ]
}

#[test]
fn a_page_is_understood_and_each_field_knows_its_line() {
    let imported = read("cv.pdf", &bytes(&mut pdf(&[page()]))).unwrap();
    let resume = &imported.resume;
    assert_eq!(imported.kind, Kind::Pdf);
    assert_eq!(resume.basics.name, "Mira Holm");
    assert_eq!(resume.basics.location.country_code, "SE");
    assert_eq!(
        (
            resume.work[0].name.as_str(),
            resume.work[0].position.as_str()
        ),
        ("Tallvik Systems AB", "Backend Engineering Intern")
    );
    assert_eq!(resume.skills[0].keywords, ["Java", "Rust", "SQL"]);
    let at = |path: &str| {
        imported
            .source
            .iter()
            .find(|s| s.path == path)
            .map(|s| s.at.as_str())
    };
    assert_eq!(at("/work/0/name"), Some("page 1, line 5"));
    assert!(imported.text.contains("Wrote a REST endpoint"));
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut lines = page();
    for line in &mut lines {
        line.1 += 150.0;
        if line.1 > 500.0 {
            line.1 = 450.0;
        }
    }
    let side = [
        (12.0, 30.0, 701.0, true, "Languages"),
        (10.0, 30.0, 687.0, false, "Swedish: native"),
        (10.0, 30.0, 673.0, false, "English: C1"),
        (12.0, 30.0, 650.0, true, "Interests"),
        (10.0, 30.0, 636.0, false, "Sailing"),
        (10.0, 30.0, 622.0, false, "Chess"),
    ];
    lines.extend(side);
    let resume = read("cv.pdf", &bytes(&mut pdf(&[lines]))).unwrap().resume;
    assert_eq!(resume.work[0].highlights.len(), 1);
    assert_eq!(resume.languages.len(), 2);
    assert_eq!(resume.interests.len(), 2);
}

#[test]
fn an_encrypted_document_says_so() {
    use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
    let mut document = pdf(&[page()]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    assert_eq!(
        read("cv.pdf", &bytes(&mut document)),
        Err(ReadError::Encrypted)
    );
}

#[test]
fn a_thousand_pages_are_too_many() {
    let pages = vec![page(); 1_000];
    let result = read("cv.pdf", &bytes(&mut pdf(&pages)));
    assert_eq!(result, Err(ReadError::TooManyPages { pages: 1_000 }));
}

#[test]
fn a_page_without_text_is_a_scan() {
    assert_eq!(
        read("cv.pdf", &bytes(&mut pdf(&[Vec::new()]))),
        Err(ReadError::NoText)
    );
}

#[test]
fn a_tree_of_pages_that_holds_itself_ends() {
    let mut document = pdf(&[page()]);
    let tree = document
        .objects
        .iter()
        .find(|(_, object)| object.as_dict().is_ok_and(|d| d.has_type(b"Pages")))
        .map(|(id, _)| *id)
        .unwrap();
    let Ok(Object::Dictionary(pages)) = document.get_object_mut(tree) else {
        panic!("the tree is a dictionary")
    };
    pages.set(
        "Kids",
        vec![Object::Reference(tree), Object::Reference(tree)],
    );
    pages.set("Count", 5);
    assert!(read("cv.pdf", &bytes(&mut document)).is_err());
}

#[test]
fn a_page_that_expands_without_end_is_refused() {
    let mut document = pdf(&[page()]);
    let id = document
        .objects
        .iter()
        .find(|(_, object)| matches!(object, Object::Stream(_)))
        .map(|(id, _)| *id)
        .unwrap();
    let mut stream = Stream::new(Dictionary::new(), b"0 0 m ".repeat(2_000_000));
    stream.compress().unwrap();
    assert!(stream.content.len() < 200_000);
    document.objects.insert(id, Object::Stream(stream));
    assert!(read("cv.pdf", &bytes(&mut document)).is_err());
}

#[test]
fn objects_within_objects_without_end_do_not_exhaust_the_stack() {
    for levels in [200_000, 90_000] {
        nested(&format!("{}{}", "[".repeat(levels), "]".repeat(levels)));
    }
}

fn nested(deep: &str) {
    let plain = bytes(&mut pdf(&[page()]));
    let text = String::from_utf8_lossy(&plain).into_owned();
    let nested = text.replacen("/Type/Catalog", &format!("/Type/Catalog/Deep {deep}"), 1);
    let _ = read("cv.pdf", nested.as_bytes());
    let mut document = pdf(&[page()]);
    let id = document
        .objects
        .iter()
        .find(|(_, object)| matches!(object, Object::Stream(_)))
        .map(|(id, _)| *id)
        .unwrap();
    let content = format!("{deep} TJ {} (x) Tj", "q ".repeat(100_000));
    document.objects.insert(
        id,
        Object::Stream(Stream::new(Dictionary::new(), content.into_bytes())),
    );
    let _ = read("cv.pdf", &bytes(&mut document));
}

#[test]
fn a_wrong_ending_is_told_and_does_not_matter() {
    let imported = read("cv.docx", &bytes(&mut pdf(&[page()]))).unwrap();
    assert_eq!(imported.report[0].change, Change::File);
    assert!(imported.report[0].message.contains("`.docx`"));
}

#[test]
fn a_cut_document_ends_in_a_resume_or_an_error() {
    let whole = bytes(&mut pdf(&[page()]));
    for cut in (0..whole.len()).step_by(97) {
        let _ = read("cv.pdf", &whole[..cut]);
    }
}

/// Attaches a file as PDF/A-3 does.
fn attach(document: &mut Document, name: &str, content: Vec<u8>) {
    let file = document.add_object(Stream::new(
        dictionary! {"Type" => "EmbeddedFile", "Subtype" => "application/json"},
        content,
    ));
    let spec = document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal(name), "UF" => Object::string_literal(name),
        "EF" => dictionary! {"F" => file}, "AFRelationship" => "Source",
    });
    let names = dictionary! {"EmbeddedFiles" => dictionary! {"Names" => vec![Object::string_literal(name), spec.into()]}};
    let root = document
        .trailer
        .get(b"Root")
        .unwrap()
        .as_reference()
        .unwrap();
    document
        .get_object_mut(root)
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .set("Names", names);
}

#[test]
fn an_attached_resume_is_preferred_while_it_says_what_the_page_shows() {
    let mut resume = read("cv.pdf", &bytes(&mut pdf(&[page()]))).unwrap().resume;
    resume.work[0].highlights[0].variants = vec!["Wrote an endpoint".into()];
    let json = |resume: &crate::Resume| crate::json::write(resume).to_string().into_bytes();
    let mut document = pdf(&[page()]);
    attach(&mut document, "resume.json", json(&resume));
    let imported = read("cv.pdf", &bytes(&mut document)).unwrap();
    assert_eq!(
        imported.resume, resume,
        "leaf by leaf, with what the page does not show"
    );
    assert!(
        imported
            .report
            .iter()
            .any(|n| n.change == Change::File && n.message.contains("resume.json"))
    );
    let mut other = testing::mira();
    other.basics.name = "Somebody Else".into();
    let mut document = pdf(&[page()]);
    attach(&mut document, "resume.json", json(&other));
    let imported = read("cv.pdf", &bytes(&mut document)).unwrap();
    assert_eq!(imported.resume.basics.name, "Mira Holm");
    assert!(
        imported
            .report
            .iter()
            .any(|n| n.change == Change::Suspicious && n.message.contains("differs"))
    );
}

#[test]
fn real_pdfs_are_read_without_a_model() {
    let Some(folder) = testing::shared("resumes/pdf") else {
        return;
    };
    for path in testing::files(&folder, ".pdf") {
        let imported = super::read(&std::fs::read(&path).unwrap()).unwrap();
        assert!(
            !imported.resume.basics.name.is_empty(),
            "{}",
            path.display()
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    #[test]
    fn damaged_bytes_end_in_a_resume_or_an_error(at in proptest::collection::vec((0_usize..4_000, proptest::prelude::any::<u8>()), 1..12)) {
        let mut whole = bytes(&mut pdf(&[page()]));
        for (index, byte) in at {
            let length = whole.len();
            whole[index % length] = byte;
        }
        let _ = read("cv.pdf", &whole);
    }
}
