//! Texts made safe and plain.

use proptest::prelude::*;

use super::*;

fn html(text: &str) -> Description {
    describe(&RawText::Html(text.to_owned()))
}

#[test]
fn paragraphs_and_items_stand_on_lines_of_their_own() {
    let description = html(
        "<h2>About&nbsp;us</h2>\n<div>We build <b>ferries</b>.</div><div>Really.</div><ul><li><p>Rust</p></li>\n<li><p>SQL &amp; more</p></li></ul><p>Apply<br>now</p>",
    );
    assert_eq!(
        description.text,
        "About us\n\nWe build ferries.\nReally.\n\n- Rust\n- SQL & more\n\nApply\nnow"
    );
}

#[test]
fn what_acts_is_removed() {
    let description = html(
        "<p onclick=\"x()\" style=\"color:red\" class=a id=b>Hi<script>alert(1)</script><img src=https://t.example/p.gif onerror=x()> \
         <a href=\"javascript:alert(1)\">one</a> <a href=\"https://a.example/?a=1&b=2\" target=_blank>two</a> <a href=\"/three\">three</a></p>\
         <iframe src=//evil></iframe><svg><script>x</script></svg>",
    );
    assert_eq!(
        description.html,
        "<p>Hi <a rel=\"noopener noreferrer nofollow\">one</a> <a href=\"https://a.example/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">two</a> <a rel=\"noopener noreferrer nofollow\">three</a></p>"
    );
    assert_eq!(description.text, "Hi one two three");
}

#[test]
fn twice_escaped_html_is_read_as_html() {
    assert_eq!(
        html("&lt;p&gt;Rust &amp;amp; SQL&lt;/p&gt;").text,
        "Rust & SQL"
    );
}

#[test]
fn plain_text_becomes_escaped_paragraphs_and_lists() {
    let description = describe(&RawText::Plain(
        "Hello <b>\r\nworld\n\n\n\nYou:\n• Rust\n• a < b\nBye".to_owned(),
    ));
    assert_eq!(
        description.html,
        "<p>Hello &lt;b&gt;<br>world</p><p>You:</p><ul><li>Rust</li><li>a &lt; b</li></ul><p>Bye</p>"
    );
    assert_eq!(
        description.text,
        "Hello <b>\nworld\n\nYou:\n- Rust\n- a < b\nBye"
    );
}

#[test]
fn a_huge_text_is_cut_and_says_so() {
    let description = html(&format!("<p>{}</p>", "word ".repeat(21_000)));
    assert!(description.text.ends_with(CUT_NOTE));
    assert!(description.text.chars().count() < MAX_TEXT_CHARS + 100);
    assert!(description.html.contains(CUT_NOTE));
}

#[test]
fn deep_nesting_does_no_harm() {
    assert_eq!(html(&format!("{}deep", "<div>".repeat(5_000))).text, "deep");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn output_never_acts(text in "(<(script|p|a|img|svg|style|b|math|iframe)[ /](on[a-z]{3,8}|href|src|style)=[\"']?(javascript:|https:|x)?[a-z(\"'>]{0,8}>?|</[a-z]{1,8}>|\\PC|&[a-z#0-9]{1,5};){0,30}") {
        let out = html(&text);
        prop_assert!(never_acts(&out.html), "{}", out.html);
    }
}

/// Whether sanitized HTML has no tag that runs or loads, no handler, no style and no address that is a script. What stands
/// in quotes is an address, whatever words it holds.
fn never_acts(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.split('<').skip(1).all(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        let unquoted: String = tag.split('"').step_by(2).collect();
        // As a browser reads an address, without white space and control characters.
        let is_script = |value: &str| {
            let mut seen = value
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control());
            "javascript:".chars().all(|c| seen.next() == Some(c))
        };
        let active = ["script", "img", "svg", "iframe"];
        !active.iter().any(|name| tag.starts_with(name))
            && !unquoted.contains(" on")
            && !unquoted.contains("style")
            && !unquoted.contains("javascript:")
            && !tag.split('"').skip(1).step_by(2).any(is_script)
    })
}

#[test]
fn words_of_an_address_do_not_act() {
    let out = html("<a href='https:&#;<script onaaa=<script onaaa='>x</a>");
    assert!(never_acts(&out.html), "{}", out.html);
    for acting in [
        "<p onclick=\"x\">a</p>",
        "<script>a</script>",
        "<a href=\"javascript:x\">a</a>",
        "<a href=\" java\tscript:x\">a</a>",
        "<a href=javascript:x>a</a>",
        "<b style=\"color: red\">a</b>",
    ] {
        assert!(!never_acts(acting), "{acting}");
    }
}
