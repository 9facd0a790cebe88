//! Taking texts out of data whose shape is only hoped for.

use serde_json::Value;

use super::Part;

/// The text of `value[key]`: a text or a number, trimmed; none when it is empty or of another kind.
pub fn text(value: &Value, key: &str) -> Option<String> {
    plain(value.get(key)?)
}

/// A text, a number, or an object with a `text`.
pub fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => fields.get("text")?.as_str()?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The items of a list; none when there is no list.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The text of a field as a part of the page.
pub fn part(value: &Value, key: &str, path: &str) -> Option<Part> {
    text(value, key).map(|text| Part::new(format!("{path}.{key}"), text))
}

/// Every text of a list.
pub fn parts(value: &Value, key: &str, path: &str) -> Vec<Part> {
    let items = list(value, key).iter().enumerate();
    let part = |(index, item)| Some(Part::new(format!("{path}.{key}[{index}]"), plain(item)?));
    items.filter_map(part).collect()
}

/// The paragraphs of a text.
pub fn paragraphs(value: &Value, key: &str, path: &str) -> Vec<Part> {
    let Some(text) = text(value, key) else {
        return Vec::new();
    };
    let texts = text
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    texts
        .map(|text| Part::new(format!("{path}.{key}"), text.to_owned()))
        .collect()
}

/// A web address as a part: shown without its scheme, and clickable.
pub fn address(value: &Value, key: &str, path: &str) -> Option<Part> {
    let url = text(value, key)?;
    Some(Part {
        field: format!("{path}.{key}"),
        text: shown(&url),
        href: href(&url),
    })
}

/// How a web address is written on paper.
pub fn shown(url: &str) -> String {
    let bare = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme))
        .unwrap_or(url);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

/// The address that a click may lead to: the web and mail alone.
pub fn href(url: &str) -> Option<String> {
    let fit = |url: &&str| {
        !url.chars()
            .any(|character| character.is_whitespace() || character.is_control())
    };
    let url = Some(url).filter(fit)?;
    if ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return Some(url.to_owned());
    }
    let names_host = url
        .split('/')
        .next()
        .is_some_and(|host| host.contains('.') && !host.contains(':'));
    names_host.then(|| format!("https://{url}"))
}

impl Part {
    /// A text that leads nowhere.
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
            href: None,
        }
    }

    /// The same with a target, where there is one.
    pub fn leading_to(mut self, href: Option<String>) -> Self {
        self.href = href;
        self
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses_are_shown_without_what_every_address_has() {
        assert_eq!(
            super::shown("https://www.example.org/me/"),
            "example.org/me"
        );
        assert_eq!(
            super::href("example.org/me").as_deref(),
            Some("https://example.org/me")
        );
        assert_eq!(super::href("javascript:alert(1)"), None);
        assert_eq!(super::href("not an address"), None);
    }
}
