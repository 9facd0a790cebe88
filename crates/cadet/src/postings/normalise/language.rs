//! The language of a text: what the source says, else what the text looks like.

use isolang::Language;

use super::text::cut_bytes;

/// Shorter texts are not judged.
const MIN_CHARS: usize = 80;
/// So much of a text is looked at, in bytes: enough to tell, and cheap.
const SAMPLE_BYTES: usize = 480;

/// The two-letter code (ISO 639-1) of a BCP 47 tag: `de-AT` is `de`.
#[must_use]
pub fn language_of_tag(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let known = match primary.len() {
        2 => Language::from_639_1(&primary),
        3 => Language::from_639_3(&primary),
        _ => Language::from_name(tag.trim()),
    };
    known
        .and_then(|language| language.to_639_1())
        .map(str::to_owned)
}

/// The language that a text is written in, if it is long enough and clear.
#[must_use]
pub fn language_of_text(text: &str) -> Option<String> {
    let sample = sample(text);
    if sample.chars().take(MIN_CHARS).count() < MIN_CHARS {
        return None;
    }
    let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Language::from_639_3(found.lang().code())
        .and_then(|language| language.to_639_1())
        .map(str::to_owned)
}

/// A part from behind the beginning, where companies like to speak English of themselves.
fn sample(text: &str) -> &str {
    let from = if text.len() > SAMPLE_BYTES * 2 {
        text.ceil_char_boundary(text.len() / 3)
    } else {
        0
    };
    cut_bytes(&text[from..], SAMPLE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_two_letters() {
        assert_eq!(language_of_tag("de-AT").as_deref(), Some("de"));
        assert_eq!(language_of_tag("eng").as_deref(), Some("en"));
        assert_eq!(language_of_tag("pt_BR").as_deref(), Some("pt"));
        assert_eq!(language_of_tag("German").as_deref(), Some("de"));
        assert_eq!(language_of_tag("xx-unknown"), None);
    }

    #[test]
    fn texts_are_told_apart_and_short_ones_left_alone() {
        let german = "Du entwickelst gemeinsam mit unserem Team die Schnittstellen unserer Buchungsplattform und schreibst Tests dafür, die auch nachts laufen.";
        let french = "Vous développerez avec notre équipe les interfaces de notre plateforme de réservation et vous écrirez les tests qui vont avec chaque jour.";
        assert_eq!(language_of_text(german).as_deref(), Some("de"));
        assert_eq!(language_of_text(french).as_deref(), Some("fr"));
        assert_eq!(language_of_text("Apply now"), None);
    }
}
