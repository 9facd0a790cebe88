//! Words of titles in English, German, French, Spanish and Portuguese, folded: terms, kinds of contract, degrees, and what
//! tells openings of one employer apart in no way.

/// Pairs of words that are one.
pub(super) const PAIRS: &[(&str, &str, &str)] = &[
    ("front", "end", "frontend"),
    ("back", "end", "backend"),
    ("full", "stack", "fullstack"),
    ("co", "op", "coop"),
    ("co", "ops", "coop"),
    ("working", "student", "werkstudent"),
    ("dev", "ops", "devops"),
    ("machine", "learning", "ml"),
    ("artificial", "intelligence", "ai"),
    ("ph", "d", "phd"),
    ("cyber", "security", "cybersecurity"),
    ("entry", "level", "junior"),
    ("early", "career", ""),
    ("early", "careers", ""),
    ("full", "time", ""),
    ("part", "time", ""),
    ("on", "site", ""),
];

/// Spellings of one word.
pub(super) const SPELLINGS: &[(&str, &[&str])] = &[
    ("engineering", &["engineer"]),
    ("engineers", &["engineer"]),
    ("development", &["developer"]),
    ("developers", &["developer"]),
    ("dev", &["developer"]),
    ("swe", &["software", "engineer"]),
    ("sde", &["software", "developer", "engineer"]),
    ("sw", &["software"]),
    ("entwicklung", &["entwickler"]),
    ("entwicklerin", &["entwickler"]),
    ("js", &["javascript"]),
    ("quant", &["quantitative"]),
];

/// Seasons, each with its words, folded.
pub(super) const SEASONS: &[(&str, &[&str])] = &[
    ("summer", &["summer", "sommer", "ete", "verano", "verao"]),
    (
        "fall",
        &["fall", "autumn", "herbst", "automne", "otono", "outono"],
    ),
    ("winter", &["winter", "hiver", "invierno", "inverno"]),
    (
        "spring",
        &["spring", "fruhjahr", "fruhling", "printemps", "primavera"],
    ),
];

/// Kinds of limited contracts, each with its words, folded.
pub(super) const KINDS: &[(&str, &[&str])] = &[
    (
        "intern",
        &[
            "intern",
            "interns",
            "internship",
            "internships",
            "praktikum",
            "praktikant",
            "praktikantin",
            "stagiaire",
            "becario",
            "becaria",
            "practicas",
            "pasantia",
            "pasante",
            "estagio",
            "estagiario",
            "estagiaria",
            "tirocinio",
        ],
    ),
    ("coop", &["coop", "coops"]),
    (
        "working-student",
        &["werkstudent", "werkstudentin", "werkstudierende"],
    ),
    (
        "apprentice",
        &[
            "apprentice",
            "apprentices",
            "apprenticeship",
            "alternance",
            "alternant",
            "alternante",
            "ausbildung",
            "azubi",
            "apprentissage",
        ],
    ),
];

/// Degrees, each with its words, folded.
pub(super) const DEGREES: &[(&str, &[&str])] = &[
    ("doctorate", &["phd", "doctoral", "doctorate"]),
    ("master", &["master", "masters", "ms", "msc", "mba"]),
    (
        "bachelor",
        &[
            "bachelor",
            "bachelors",
            "bs",
            "bsc",
            "undergraduate",
            "undergrad",
        ],
    ),
];

/// Words that tell openings of one employer apart in no way.
pub(super) const NOISE: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "and",
    "in",
    "for",
    "at",
    "to",
    "with",
    "on",
    "or",
    "our",
    "us",
    "usa",
    "program",
    "programme",
    "term",
    "month",
    "months",
    "week",
    "weeks",
    "student",
    "students",
    "position",
    "positions",
    "role",
    "roles",
    "opportunity",
    "opportunities",
    "job",
    "more",
    "remote",
    "hybrid",
    "onsite",
    "flexible",
    "timing",
    "university",
    "universities",
    "campus",
    "recruiting",
    "new",
    "grad",
    "grads",
    "graduate",
    "graduates",
    "junior",
    "year",
    "im",
    "der",
    "die",
    "das",
    "und",
    "fur",
    "als",
    "mit",
    "bereich",
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "en",
    "et",
    "pour",
    "del",
    "el",
    "los",
    "y",
    "e",
    "em",
    "para",
    "stage",
];

/// Of these, the words that call for those who begin.
pub(super) const ENTRY: &[&str] = &["grad", "grads", "graduate", "graduates", "junior"];

/// What a number is counted in; such a number tells a length, not a level.
pub(super) const COUNTED: &[&str] = &[
    "month", "months", "mo", "week", "weeks", "hour", "hours", "h", "days", "day", "or", "monate",
    "monat", "mois", "meses", "semaines", "wochen", "th", "percent",
];

/// Full names only: `mar` and `dec` are more often something else in a title.
pub(super) fn month(word: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "januar", "janvier", "enero", "janeiro"],
        &["february", "februar", "fevrier", "febrero", "fevereiro"],
        &["march", "marz", "mars", "marzo", "marco"],
        &["april", "avril", "abril"],
        &["may", "mai", "mayo", "maio"],
        &["june", "juni", "juin", "junio", "junho"],
        &["july", "juli", "juillet", "julio", "julho"],
        &["august", "aout", "agosto"],
        &["september", "septembre", "septiembre", "setembro", "sept"],
        &["october", "oktober", "octobre", "octubre", "outubro"],
        &["november", "novembre", "noviembre", "novembro"],
        &["december", "dezember", "decembre", "diciembre", "dezembro"],
    ];
    (1_u8..)
        .zip(MONTHS)
        .find(|(_, names)| names.contains(&word))
        .map(|(month, _)| month)
}
