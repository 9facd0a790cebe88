//! Values in other spellings: what they mean, or that they cannot be said for sure.

use crate::dates::{self, DateRange, PartialDate};

/// What an address in a file is.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    /// An address as it should be.
    Whole,
    /// It lacked its scheme, and means this.
    Bare(String),
    /// Something else.
    Odd,
}

/// Looks at an address. `example.com/p` lacks its scheme; what only might be an address is odd.
pub fn address(text: &str) -> Address {
    let schemes = ["http://", "https://", "mailto:", "data:", "ftp://", "tel:"];
    let small = text.to_ascii_lowercase();
    if schemes.iter().any(|scheme| small.starts_with(scheme)) && !text.contains(char::is_whitespace)
    {
        return Address::Whole;
    }
    let rest = text.strip_prefix("//").unwrap_or(text);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    if is_host(host) && !text.contains(char::is_whitespace) {
        return Address::Bare(format!("https://{rest}"));
    }
    Address::Odd
}

/// Whether a text can be the name of a host with a top-level domain in letters, and is no file such as `photo.png`.
pub fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = labels.last().copied().unwrap_or("");
    let files = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "html", "htm", "json", "txt",
    ];
    labels.len() >= 2
        && labels.iter().all(label)
        && top.len() >= 2
        && top.chars().all(char::is_alphabetic)
        && !files.contains(&top.to_ascii_lowercase().as_str())
}

/// What a date in a file is.
#[derive(Debug, PartialEq, Eq)]
pub enum When {
    /// This date, written as it should be.
    Exact(PartialDate),
    /// This date, written differently.
    Meant(PartialDate),
    /// It goes on.
    Open,
    /// From one date to another, in one text.
    Range(DateRange),
    /// Something else.
    Odd,
}

/// Looks at a date.
pub fn when(text: &str) -> When {
    if let Ok(date) = text.parse::<PartialDate>() {
        return if date.to_string() == text {
            When::Exact(date)
        } else {
            When::Meant(date)
        };
    }
    if dates::is_present(text) {
        return When::Open;
    }
    // `2014-06-29T00:00:00Z` is a day.
    if let Some((day, _)) = text.split_once(['T', ' '])
        && day.len() == 10
        && let Ok(date) = day.parse::<PartialDate>()
    {
        return When::Meant(date);
    }
    if let Some(date) = dates::single(text) {
        return When::Meant(date);
    }
    dates::range(text).map_or(When::Odd, When::Range)
}

/// The parts of several skills in one text, such as `HTML5, CSS`; one part for a single skill. Commas within brackets join.
pub fn split_joined(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | ';' | '，' | '、') {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    let whole = parts.iter().map(|part| part.trim().to_owned());
    whole.filter(|part| !part.is_empty()).collect()
}

/// The text of a bullet without its sign; none for a line without one.
pub fn unbulleted(line: &str) -> Option<&str> {
    let line = line.trim();
    let mut chars = line.chars();
    let sign = chars
        .next()
        .filter(|c| crate::understand::is_bullet(*c) || matches!(c, '-' | '*' | '–' | '—' | '+'))?;
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace) || crate::understand::is_bullet(sign);
    let rest = rest.trim();
    (spaced && !rest.is_empty()).then_some(rest)
}

/// Bullets within a paragraph: what stays of it, and the bullets; none when there are fewer than two.
pub fn bullets_within(text: &str) -> Option<(String, Vec<String>)> {
    let mut rest: Vec<&str> = Vec::new();
    let mut bullets: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (unbulleted(line), bullets.last_mut()) {
            (Some(bullet), _) => bullets.push(bullet.to_owned()),
            // A line that is indented under a bullet goes on with it.
            (None, Some(last)) if line.starts_with(char::is_whitespace) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, _) => rest.push(line),
        }
    }
    (bullets.len() >= 2).then(|| (rest.join("\n"), bullets))
}

/// The English name of a language given as a code such as `fr` or `pt-BR`; none for anything else.
pub fn language_of_code(text: &str) -> Option<String> {
    let code = text
        .split(['-', '_'])
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let region_ok = text.len() == code.len() || text.len() <= code.len() + 5;
    let language = match code.len() {
        2 => isolang::Language::from_639_1(&code),
        3 if text.chars().all(|c| c.is_ascii_lowercase()) => isolang::Language::from_639_3(&code),
        _ => None,
    }?;
    region_ok.then(|| {
        let name = language.to_name();
        name.split(" (").next().unwrap_or(name).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::{Address, address, bullets_within, language_of_code, split_joined};

    #[test]
    fn an_address_without_scheme_is_known_by_its_host() {
        assert_eq!(address("https://mira.example/p"), Address::Whole);
        assert_eq!(
            address("mira.example/p?q"),
            Address::Bare("https://mira.example/p?q".into())
        );
        assert_eq!(address("photo.png"), Address::Odd);
        assert_eq!(address("see my page"), Address::Odd);
    }

    #[test]
    fn skills_joined_by_commas_are_several_and_brackets_stay_together() {
        assert_eq!(split_joined("HTML5, CSS; Sass"), ["HTML5", "CSS", "Sass"]);
        assert_eq!(
            split_joined("AWS (EC2, S3), C/C++"),
            ["AWS (EC2, S3)", "C/C++"]
        );
    }

    #[test]
    fn bullets_in_a_paragraph_are_found_and_the_rest_stays() {
        let text = "Kept the lights on.\n- wired A\n  and its spare\n• wired B";
        let (rest, bullets) = bullets_within(text).unwrap();
        assert_eq!(rest, "Kept the lights on.");
        assert_eq!(bullets, ["wired A and its spare", "wired B"]);
        assert_eq!(bullets_within("well-known\n- once"), None);
    }

    #[test]
    fn a_code_of_a_language_has_a_name_and_a_word_has_none() {
        assert_eq!(language_of_code("fr").as_deref(), Some("French"));
        assert_eq!(language_of_code("pt-BR").as_deref(), Some("Portuguese"));
        assert_eq!(language_of_code("el").as_deref(), Some("Modern Greek"));
        assert_eq!(language_of_code("English"), None);
    }
}
