//! What a word of a table says of the stage, in several languages. Pure.

use super::super::choices::Choices;
use super::super::model::Stage;
use super::columns::plain;

/// Parts of words that say a stage, without accents and in small letters. The first that is found counts, so that an end comes
/// before what it ended.
const WORDS: [(Stage, &[&str]); 11] = [
    (
        Stage::Rejected,
        &[
            "reject",
            "declined by",
            "not selected",
            "unsuccessful",
            "turned down",
            "abgelehnt",
            "absage",
            "refus",
            "rechaz",
            "rejeit",
            "recusad",
            "rifiut",
            "respint",
            "afgewezen",
            "odrzuc",
            "denied",
            "no longer under consideration",
            "closed lost",
        ],
    ),
    (
        Stage::Withdrawn,
        &[
            "withdr",
            "withdrew",
            "zuruckgezogen",
            "retire",
            "retirad",
            "ritirat",
            "ingetrokken",
            "wycof",
            "declined offer",
            "i declined",
            "not interested",
            "abgebrochen",
        ],
    ),
    (
        Stage::Ghosted,
        &[
            "ghost",
            "no response",
            "no answer",
            "no reply",
            "keine antwort",
            "keine ruckmeldung",
            "sans reponse",
            "sin respuesta",
            "sem resposta",
            "nessuna risposta",
            "geen antwoord",
            "brak odpowiedzi",
        ],
    ),
    (
        Stage::Accepted,
        &[
            "accept",
            "hired",
            "signed",
            "angenommen",
            "zugesagt",
            "eingestellt",
            "accepte",
            "embauche",
            "aceptad",
            "contratad",
            "aceit",
            "accettat",
            "assunt",
            "aangenomen",
            "zaakcept",
        ],
    ),
    (
        Stage::Offer,
        &[
            "offer", "angebot", "zusage", "offre", "oferta", "proposta", "offerta", "aanbod",
            "negotiat",
        ],
    ),
    (
        Stage::Assessment,
        &[
            "assessment",
            "online test",
            "coding test",
            "test",
            "challenge",
            "take home",
            "hackerrank",
            "oa",
            "aufgabe",
            "prueba",
            "prova",
        ],
    ),
    (
        Stage::Screen,
        &[
            "screen",
            "phone",
            "recruiter call",
            "first call",
            "telefon",
            "erstgesprach",
            "appel",
            "telefonic",
            "chiamata",
        ],
    ),
    (
        Stage::Interview,
        &[
            "interview",
            "interviewing",
            "onsite",
            "on site",
            "vorstellungsgesprach",
            "gesprach",
            "entretien",
            "entrevista",
            "colloquio",
            "gesprek",
            "rozmowa",
            "final round",
        ],
    ),
    (
        Stage::Preparing,
        &[
            "preparing",
            "drafting",
            "in progress",
            "to apply",
            "applying",
            "working on",
            "vorbereitung",
            "in arbeit",
            "en preparation",
            "preparando",
            "in preparazione",
        ],
    ),
    (
        Stage::Applied,
        &[
            "applied",
            "submitted",
            "sent",
            "application",
            "waiting",
            "pending",
            "under review",
            "beworben",
            "gesendet",
            "versendet",
            "eingereicht",
            "postule",
            "envoye",
            "candidature",
            "aplicad",
            "solicitad",
            "enviad",
            "postulad",
            "candidat",
            "inviat",
            "gesolliciteerd",
            "zaaplikow",
            "wyslan",
        ],
    ),
    (
        Stage::Interested,
        &[
            "interest",
            "bookmark",
            "saved",
            "wishlist",
            "wish",
            "to do",
            "todo",
            "backlog",
            "new",
            "research",
            "gemerkt",
            "vorgemerkt",
            "merkliste",
            "interessant",
            "enregistr",
            "interesse",
            "guardad",
            "salv",
            "bewaard",
            "zapisan",
        ],
    ),
];

/// The stage that a word says: one's own name of a stage, a stage's own, or one that is usual; nothing for what is not understood.
#[must_use]
pub fn read(word: &str, choices: &Choices) -> Option<Stage> {
    let word = plain(word);
    if word.is_empty() {
        return None;
    }
    let own = Stage::ALL.into_iter().find(|stage| {
        [choices.label(*stage), stage.label(), stage.name()]
            .iter()
            .any(|name| plain(name) == word)
    });
    let padded = format!(" {word} ");
    let usual = || {
        WORDS.into_iter().find(|(_, parts)| {
            parts.iter().any(|part| match part.len() {
                // Short ones must be whole words: "oa" is in "loan".
                0..=4 => padded.contains(&format!(" {part} ")),
                _ => word.contains(part),
            })
        })
    };
    own.or_else(|| usual().map(|(stage, _)| stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_several_tools_and_languages_are_understood() {
        for (word, stage) in [
            ("WISHLIST", Stage::Interested),
            ("Bookmarked", Stage::Interested),
            ("Applying", Stage::Preparing),
            ("Applied", Stage::Applied),
            ("Phone screen", Stage::Screen),
            ("OA", Stage::Assessment),
            ("Interviewing", Stage::Interview),
            ("Negotiating", Stage::Offer),
            ("Rejected after interview", Stage::Rejected),
            ("No response", Stage::Ghosted),
            ("Absage", Stage::Rejected),
            ("Beworben", Stage::Applied),
            ("Vorstellungsgespräch", Stage::Interview),
            ("Refusé", Stage::Rejected),
            ("Entretien", Stage::Interview),
            ("Postulé", Stage::Applied),
            ("Rechazado", Stage::Rejected),
            ("Withdrew", Stage::Withdrawn),
            ("Hired", Stage::Accepted),
        ] {
            assert_eq!(read(word, &Choices::default()), Some(stage), "{word}");
        }
        assert_eq!(read("purple", &Choices::default()), None);
        assert_eq!(read("", &Choices::default()), None);
    }

    #[test]
    fn ones_own_name_of_a_stage_comes_first() {
        let mut choices = Choices::default();
        choices.labels.insert("screen".into(), "New".into());
        assert_eq!(read("new", &choices), Some(Stage::Screen));
    }
}
