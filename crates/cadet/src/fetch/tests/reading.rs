//! From bytes to text and to JSON.

use proptest::prelude::*;
use serde_json::json;

use crate::fetch::{JsonProblem, decode, html, parse_json};

#[test]
fn the_charset_comes_from_the_mark_the_header_or_the_document() {
    assert_eq!(
        decode(
            b"\xef\xbb\xbfZ\xc3\xbcrich",
            Some("text/html; charset=iso-8859-1")
        ),
        "Zürich"
    );
    assert_eq!(decode(b"\xff\xfeZ\x00", None), "Z");
    assert_eq!(
        decode(b"Z\xfcrich", Some("text/html; charset=\"ISO-8859-1\"")),
        "Zürich"
    );
    assert_eq!(
        decode(
            b"<html><meta charset='windows-1252'>Z\xfcrich",
            Some("text/html")
        ),
        "<html><meta charset='windows-1252'>Zürich"
    );
    assert_eq!(
        decode(
            b"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">\xb1",
            None
        ),
        "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">ą"
    );
    assert_eq!(
        decode(
            b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\x83\x65",
            None
        ),
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>テ"
    );
}

#[test]
fn bytes_wrongly_called_utf_8_are_read_as_windows_1252() {
    assert_eq!(
        decode(
            b"Z\xfcrich, 40 \x80",
            Some("application/json; charset=utf-8")
        ),
        "Zürich, 40 €"
    );
    assert_eq!(decode(b"Z\xfcrich", None), "Zürich");
}

#[test]
fn proper_utf_8_is_read_as_such_even_if_the_server_calls_it_latin_1() {
    let crepe = "Crêperie Numérique";
    assert_eq!(
        decode(crepe.as_bytes(), Some("text/html; charset=iso-8859-1")),
        crepe
    );
}

#[test]
fn one_broken_byte_does_not_spoil_a_utf_8_text() {
    assert_eq!(
        decode(
            "Zürich und Köln \u{1f600}"
                .as_bytes()
                .iter()
                .copied()
                .chain([0xff])
                .collect::<Vec<_>>()
                .as_slice(),
            None
        ),
        "Zürich und Köln \u{1f600}\u{fffd}"
    );
}

#[test]
fn an_unknown_charset_is_read_as_utf_8() {
    assert_eq!(
        decode("Zürich".as_bytes(), Some("text/html; charset=x-unheard-of")),
        "Zürich"
    );
}

#[test]
fn what_is_not_json_is_told() {
    assert_eq!(parse_json("  \n"), Err(JsonProblem::Empty));
    assert_eq!(
        parse_json("<html><title> Sign\n in </title>"),
        Err(JsonProblem::Html(Some("Sign in".to_owned())))
    );
    assert_eq!(parse_json("<a>"), Err(JsonProblem::Html(None)));
    assert_eq!(parse_json("{\"a\": [1, 2"), Err(JsonProblem::Truncated));
    assert!(matches!(parse_json("{]}"), Err(JsonProblem::Syntax(_))));
    assert!(matches!(
        parse_json(&"[".repeat(100_000)),
        Err(JsonProblem::Syntax(_) | JsonProblem::Truncated)
    ));
}

#[test]
fn plain_mistakes_of_sites_are_mended() {
    assert_eq!(parse_json("\u{feff}{\"a\": 1}").unwrap(), json!({ "a": 1 }));
    assert_eq!(
        parse_json("{\"a\": \"x\ny\tz\",}").unwrap(),
        json!({ "a": "x\ny\tz" })
    );
    assert_eq!(
        parse_json(r#"["\ud83d", "\ud83d\ude00", "it\'s", "\q", "a,]",]"#).unwrap(),
        json!(["\u{fffd}", "\u{1f600}", "it's", "\\q", "a,]"])
    );
}

proptest! {
    #[test]
    fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..300), header in proptest::option::of("text/html; ?charset=.{0,12}")) {
        let text = decode(&bytes, header.as_deref());
        prop_assert!(bytes.is_empty() || !text.is_empty() || bytes.len() <= 4);
    }

    #[test]
    fn any_text_is_json_or_says_why(text in any::<String>()) {
        let first = parse_json(&text);
        prop_assert_eq!(parse_json(&text), first);
    }

    #[test]
    fn json_survives_as_it_is(text in any::<String>(), number in any::<i64>()) {
        let value = json!({ "text": text, "list": [number, null, true] });
        prop_assert_eq!(parse_json(&value.to_string()), Ok(value));
    }
}

#[test]
fn html_is_read_as_tags_and_text() {
    let page = "<TITLE>A &amp; B</TITLE><!-- <a href=no> --><script type=x>1 < 2 && \"</p>\"</script><a HREF='/x?a=1&amp;b=2' rel=Next>Go</a><p>one<br>two <b>th</b>ree &#x2F; &eacute;";
    let found = html::elements(page, &["title", "script", "a"]);
    assert_eq!(
        found
            .iter()
            .map(|element| element.text.as_str())
            .collect::<Vec<_>>(),
        ["A & B", "1 < 2 && \"</p>\"", "Go"]
    );
    assert_eq!(
        (
            found[2].attr("href"),
            found[2].attr("rel"),
            found[2].attr("class")
        ),
        (Some("/x?a=1&b=2"), Some("Next"), None)
    );
    assert_eq!(
        html::text(page).split_whitespace().collect::<Vec<_>>(),
        ["A", "&", "BGo", "one", "two", "three", "/", "é"]
    );
}

#[test]
fn pages_made_to_hurt_are_read_in_one_pass() {
    let nested = "<div><b id=1><p>".repeat(20_000);
    assert_eq!(html::elements(&nested, &["b"]).len(), 20_000);
    let endless = format!("<a href=/1>x</a><!--{}", "x".repeat(1_500_000));
    assert_eq!(html::elements(&endless, &["a"]).len(), 1);
}
