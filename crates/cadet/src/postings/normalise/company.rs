//! Names for comparison: the employer's without its legal form, the title's without numbers and gender marks.

use std::sync::LazyLock;

use regex::Regex;

use super::text::fold;

/// Legal forms, folded, as they stand behind a name; those of several words first, since they are tried in this order.
const LEGAL_FORMS: &[&str] = &[
    "gmbh and co kgaa",
    "gmbh and co kg",
    "ag and co kgaa",
    "ag and co kg",
    "se and co kgaa",
    "se and co kg",
    "gmbh and co",
    "and co kg",
    "sociedad anonima",
    "sociedad limitada",
    "private limited",
    "proprietary limited",
    "public limited company",
    "limited liability company",
    "limited company",
    "sa de cv",
    "s de rl de cv",
    "sapi de cv",
    "sp zoo",
    "sp z oo",
    "spolka zoo",
    "spol sro",
    "pty ltd",
    "pte ltd",
    "pvt ltd",
    "pty limited",
    "pte limited",
    "pvt limited",
    "sdn bhd",
    "co ltd",
    "co kg",
    "co inc",
    "and co",
    "and company",
    "incorporated",
    "corporation",
    "company",
    "limited",
    "gesellschaft",
    "aktiengesellschaft",
    "inc",
    "corp",
    "co",
    "llc",
    "lllp",
    "llp",
    "lp",
    "pllc",
    "ltd",
    "plc",
    "pbc",
    "gmbh",
    "mbh",
    "ggmbh",
    "ag",
    "se",
    "kg",
    "kgaa",
    "ug",
    "ohg",
    "gbr",
    "ev",
    "eg",
    "ek",
    "sa",
    "sas",
    "sasu",
    "sarl",
    "eurl",
    "sl",
    "slu",
    "srl",
    "spa",
    "sapa",
    "bv",
    "nv",
    "vof",
    "cv",
    "ab",
    "as",
    "asa",
    "aps",
    "oy",
    "oyj",
    "ky",
    "kk",
    "sro",
    "zrt",
    "nyrt",
    "kft",
    "bt",
    "doo",
    "dd",
    "ad",
    "ood",
    "eood",
    "ooo",
    "oao",
    "zao",
    "pjsc",
    "ltda",
    "eireli",
    "lda",
    "pty",
    "pte",
    "pvt",
    "bhd",
    "tbk",
    "haftungsbeschrankt",
];

/// Words that a name may begin with without being another's.
const ARTICLES: &[&str] = &["the"];

/// The employer for comparison: folded, without legal forms, `The` and an acronym in brackets (`The ACME Company, Inc.` ->
/// `acme`). What tells companies apart (`Group`, `Systems`, a country) stays. Never empty for a name with a letter or digit.
#[must_use]
pub fn company_key(name: &str) -> String {
    let words = company_words(name);
    let mut words: &[String] = &words;
    loop {
        let before = words.len();
        for form in LEGAL_FORMS {
            let length = form.split(' ').count();
            if words.len() > length
                && words[words.len() - length..]
                    .iter()
                    .map(String::as_str)
                    .eq(form.split(' '))
            {
                words = &words[..words.len() - length];
                break;
            }
        }
        if words.len() > 1 && words.last().is_some_and(|word| word == "and") {
            words = &words[..words.len() - 1];
        }
        if words.len() == before {
            break;
        }
    }
    if words.len() > 1 && ARTICLES.contains(&words[0].as_str()) {
        words = &words[1..];
    }
    words.join(" ")
}

/// Words of a name, `&` as `and`, runs of single letters joined (`S.p.A.` -> `spa`, `L L C` -> `llc`).
fn company_words(name: &str) -> Vec<String> {
    let folded = fold(&without_acronym(name)).replace(['&', '+'], " and ");
    let mut words: Vec<String> = Vec::new();
    let mut run_of_letters = false;
    // Dots and slashes join letters of a form (`a/s`, `s.a.`), but part words; single letters are joined below either way.
    for word in folded
        .replace('\'', "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if single && run_of_letters => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        run_of_letters = single;
    }
    words
}

/// The name without a trailing `(ABC)` that only abbreviates it.
fn without_acronym(name: &str) -> String {
    let name = name.trim();
    let Some((before, acronym)) = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('))
    else {
        return name.to_owned();
    };
    let initials: String = before
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    if !initials.is_empty() && initials == acronym.trim() {
        before.trim().to_owned()
    } else {
        name.to_owned()
    }
}

/// `(m/w/d)`, `(f/m/x)`, `H/F`, `(all genders)`: says nothing of the work.
static GENDER_MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) [(\[] \s* (?: [mwfdhxin] (?:\s*[/|,*]\s*[mwfdhxin*]){1,3} | all\ genders | gn | w/m/divers | m/w/divers | h/f/x ) \s* [)\]]
        | (?-u:\b) (?: [mw]/[wmf]/[dx] | h/f(?:/x)? | f/h(?:/x)? | f/m/[dx] | m/f/[dx] ) (?-u:\b) | (?: :|\*|_|/-?|·-?) (?:innen|in|euse|e|rice) (?-u:\b)",
    )
    .expect("the pattern is constant")
});

/// Requisition numbers: `R10178130`, `JR-0012345`, `REQ 1234`, `#4711`, `(123456)`.
static REQUISITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:req(?:uisition)?|job ?id|jr|r|ref)[\s:#_-]*[0-9]{3,}(?:-[0-9]+)?(?-u:\b)|#\s*[0-9]{3,}|(?-u:\b)[a-z]{0,4}[-_]?[0-9]{5,}(?-u:\b)")
        .expect("the pattern is constant")
});

/// The title for comparison: folded, without gender marks, requisition numbers and punctuation. `C++`, `C#` and `.NET` stay apart.
#[must_use]
pub fn title_key(title: &str) -> String {
    let folded = fold(title);
    let plain = GENDER_MARK.replace_all(&folded, " ");
    let plain = REQUISITION.replace_all(&plain, " ");
    let mut words = plain
        .replace("c++", " cpp ")
        .replace("c#", " csharp ")
        .replace(".net", " dotnet ");
    words.retain(|c| c != '\'');
    let mut key = String::with_capacity(words.len());
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    // A title of nothing but a number is still told apart by it.
    if key.is_empty() {
        folded.trim().to_owned()
    } else {
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_of_many_countries_are_dropped() {
        for name in [
            "Northlight",
            "Northlight, Inc.",
            "NORTHLIGHT GmbH & Co. KG",
            "Northlight S.p.A.",
            "Northlight Sp. z o.o.",
            "Northlight A/S",
            "Northlight Pty. Ltd.",
            "The Northlight Company",
            "Northlight S.A. de C.V.",
            "Nörthlight AB",
            "northlight l.l.c.",
            "Northlight & Co.",
        ] {
            assert_eq!(company_key(name), "northlight", "{name}");
        }
    }

    #[test]
    fn distinct_companies_stay_distinct() {
        assert_ne!(company_key("Acme Systems"), company_key("Acme Software"));
        assert_ne!(company_key("Acme Group"), company_key("Acme"));
        assert_eq!(company_key("SAS"), "sas");
        assert_eq!(company_key("The Company"), "the");
        assert_eq!(company_key("AT&T Inc."), "at and t");
        assert_eq!(company_key("D. E. Vale"), company_key("D.E. Vale & Co"));
        assert_eq!(
            company_key("Baltic Harbour Works (BHW)"),
            "baltic harbour works"
        );
    }

    #[test]
    fn a_title_key_forgets_marks_and_numbers() {
        assert_eq!(
            title_key("Backend-Entwickler:in (m/w/d) – R10178130"),
            "backend entwickler"
        );
        assert_eq!(title_key("Développeur·euse Java H/F"), "developpeur java");
        assert_eq!(
            title_key("C++/C# Intern, Summer 2027 (#48213)"),
            "cpp csharp intern summer 2027"
        );
        assert_eq!(title_key("12345678"), "12345678");
    }
}
