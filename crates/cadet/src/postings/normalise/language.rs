//! The language of a text: what the source says, else what the text looks like.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};
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
    if let Some(language) = by_common_words(sample) {
        return Some(language.to_owned());
    }
    let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Language::from_639_3(found.lang().code())
        .and_then(|language| language.to_639_1())
        .map(str::to_owned)
}

/// The commonest words of the languages that most postings are written in. They settle nearly every text at a tenth of the
/// cost of comparing letter triples with every language there is.
const COMMON: [(&str, &str); 7] = [
    (
        "en",
        "the and of to in you our with for will we are your is or as on that this be have from an at by",
    ),
    (
        "de",
        "der die und in den mit du wir für von im das ist zu auf eine ein oder dich dein sie uns unsere bei als einer deine bist",
    ),
    (
        "fr",
        "le la les et des de vous nous à du en pour un une dans sur au avec votre est notre ou que nos vos aux par",
    ),
    (
        "es",
        "el la los las y de en que con para un una por del se tu nuestro o como al nuestra nuestros es más tus",
    ),
    (
        "pt",
        "o a os as e de em que com para um uma por do da você dos nosso das no na ou nossa como se ao é",
    ),
    (
        "it",
        "il la le e di in che con per un una del della i gli si dei nel alla nostro o sono da è nostra al",
    ),
    (
        "nl",
        "de het en van een in je met voor op te is wij aan als bij ons om onze dat zijn jouw of naar",
    ),
];

static COMMON_WORDS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (at, (_, list)) in COMMON.iter().enumerate() {
        for word in list.split(' ') {
            *words.entry(word).or_insert(0) |= 1 << at;
        }
    }
    words
});

/// The language of which a fifth of the words are common ones, and far more than of any other.
fn by_common_words(sample: &str) -> Option<&'static str> {
    let lower = sample.to_lowercase();
    let mut counts = [0_u32; COMMON.len()];
    let mut total = 0;
    for word in lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        total += 1;
        let languages = COMMON_WORDS.get(word).copied().unwrap_or(0);
        for (at, count) in counts.iter_mut().enumerate() {
            *count += u32::from(languages >> at & 1);
        }
    }
    let (best, most) = counts
        .iter()
        .copied()
        .enumerate()
        .max_by_key(|(_, count)| *count)?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != best)
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0);
    (most >= 8 && most * 5 >= total && most >= second * 2).then_some(COMMON[best].0)
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
        let polish = "Będziesz tworzyć razem z naszym zespołem interfejsy platformy rezerwacyjnej oraz pisać do nich testy, które działają także w nocy.";
        assert_eq!(language_of_text(polish).as_deref(), Some("pl"));
        assert_eq!(language_of_text("Apply now"), None);
    }
}
