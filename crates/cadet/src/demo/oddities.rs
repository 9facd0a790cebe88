//! Odd but harmless data inside healthy boards, so that everybody sees how it is handled.

use super::model::{Oddity, Opening};

/// Which opening of which employer carries what. The numbers count through the employer's openings from zero.
const PLACED: [(&str, Oddity); 12] = [
    ("northlight-003", Oddity::DeadlineIn9999),
    ("brightcart-005", Oddity::PlaceSaysHybrid),
    ("pinewell-002", Oddity::ScriptInText),
    ("monsoon-ledger-004", Oddity::TitleEscapedTwice),
    ("fenwick-tide-001", Oddity::PublishedInYear1),
    ("harborline-001", Oddity::HiddenCharacters),
    ("spreebote-000", Oddity::ScriptInText),
    ("kestrel-bank-002", Oddity::DateUnreadable),
    ("quillstack-001", Oddity::HiddenCharacters),
    ("parcelwren-001", Oddity::DateUnreadable),
    ("nordvik-002", Oddity::DeadlineIn9999),
    ("hansekontor-001", Oddity::ScriptInText),
];

/// What a description with [`Oddity::ScriptInText`] has at its end. Shown safely, it is one harmless sentence.
pub(super) const SCRIPT: &str = "<script>document.title = 'owned'</script><p onclick=\"alert(1)\" \
    style=\"position:fixed;inset:0\">Questions? <a href=\"javascript:alert(2)\">Write to us</a>.</p>\
    <img src=\"x\" onerror=\"alert(3)\"><iframe src=\"https://example.invalid/\"></iframe>";

/// Applies the oddity that is placed on this opening, if any.
pub(super) fn place(opening: &mut Opening) {
    let Some((_, oddity)) = PLACED.iter().find(|(key, _)| *key == opening.key) else {
        return;
    };
    match oddity {
        // A zero-width space inside the first word, an override that is never closed, and a word in Arabic.
        Oddity::HiddenCharacters => {
            let mut title: String = opening.title.chars().take(3).collect();
            title.push('\u{200b}');
            title.extend(opening.title.chars().skip(3));
            opening.title = format!("\u{feff}{title} \u{202e}(متدرب)");
        }
        Oddity::TitleEscapedTwice => opening.title.push_str(", R&amp;D"),
        _ => {}
    }
    opening.open = (true, true);
    opening.oddity = Some(*oddity);
}
