//! Lists and objects within an object of a file.

use serde_json::{Map, Value};

use super::extension::{self, BULLETS};
use super::fields::{Fields, Reading, Taken};
use super::schema::Holds;
use super::values;
use crate::Highlight;
use crate::report::Change;

impl Fields {
    /// A list of texts; with `joined`, texts that hold several are split.
    pub fn list(&mut self, r: &mut Reading, key: &'static str, joined: bool) -> Vec<String> {
        let Some(taken) = self.take(r, key) else {
            return Vec::new();
        };
        let (at, to) = (self.at(&taken.name), self.to(key));
        let items = match taken.value {
            Value::Array(items) => items,
            Value::String(text) => {
                r.note(
                    Change::Normalised,
                    &at,
                    &to,
                    format!("the text `{}` is now a list", taken.name),
                );
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                let unsigned = |line: &str| values::unbulleted(line).unwrap_or(line).to_owned();
                lines.map(|line| Value::String(unsigned(line))).collect()
            }
            value => {
                let name = taken.name;
                self.keep(r, Taken { name, value }, "should be a list of texts");
                return Vec::new();
            }
        };
        let mut texts = Vec::with_capacity(items.len());
        let mut odd = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let at = format!("{at}/{index}");
            self.item(r, item, &at, &to, joined, &mut texts, &mut odd);
        }
        if !odd.is_empty() {
            self.kept.insert(taken.name, Value::Array(odd));
        }
        texts
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one item of a list, and the three places where it may go"
    )]
    fn item(
        &self,
        r: &mut Reading,
        item: Value,
        at: &str,
        to: &str,
        joined: bool,
        texts: &mut Vec<String>,
        odd: &mut Vec<Value>,
    ) {
        let here = format!("{to}/{}", texts.len());
        let Some(text) = self.scalar(r, &item, at, &here) else {
            if item.is_null() {
                r.note(
                    Change::Empty,
                    at,
                    to,
                    "a null in the list is left out".into(),
                );
            } else {
                r.note(
                    Change::Kept,
                    at,
                    to,
                    "this is no text; it is kept as it was".into(),
                );
                odd.push(item);
            }
            return;
        };
        if r.own {
            texts.push(text);
            return;
        }
        if text.is_empty() {
            r.note(
                Change::Empty,
                at,
                to,
                "an empty text in the list is left out".into(),
            );
            return;
        }
        let parts = if joined {
            values::split_joined(&text)
        } else {
            Vec::new()
        };
        if parts.len() > 1 {
            let message = format!("`{text}` holds several and is now {} items", parts.len());
            r.note(Change::Normalised, at, &here, message);
            texts.extend(parts);
        } else {
            texts.push(text);
        }
    }

    /// Bullets, with what our own files know of them.
    pub fn bullets(&mut self, r: &mut Reading) -> Vec<Highlight> {
        let texts = self.list(r, "highlights", false);
        let more = if r.own {
            self.map.remove(BULLETS)
        } else {
            None
        };
        extension::highlights(texts, more)
    }

    /// The objects of a list, one after the other, each with where it stands and will stand.
    pub fn objects<T>(
        &mut self,
        r: &mut Reading,
        key: &'static str,
        mut read: impl FnMut(&mut Reading, Fields) -> T,
    ) -> Vec<T> {
        let (Some(Holds::Objects(place)), Some(taken)) =
            (self.place.key(key).map(|k| k.holds), self.take(r, key))
        else {
            return Vec::new();
        };
        let (at, to) = (self.at(&taken.name), self.to(key));
        let items = super::sections::items(r, taken.value, &at, &to, key, place);
        let mut all = Vec::with_capacity(items.len());
        let mut odd = Vec::new();
        for item in items {
            let here = format!("{to}/{}", all.len());
            match item.value {
                Value::Object(map) => all.push(read(r, Self::new(map, place, item.at, here))),
                Value::Null => r.note(
                    Change::Empty,
                    &item.at,
                    &to,
                    "a null in the list is left out".into(),
                ),
                Value::String(text) if place.bare.is_some() && !text.trim().is_empty() => {
                    let bare = place.bare.unwrap_or_default();
                    let message =
                        format!("the text `{}` is now the `{bare}` of an entry", text.trim());
                    r.note(Change::Normalised, &item.at, &here, message);
                    let map = Map::from_iter([(bare.to_owned(), Value::String(text))]);
                    all.push(read(r, Self::new(map, place, item.at, here)));
                }
                value => {
                    let message = format!("this is no entry of `{key}`; it is kept as it was");
                    r.note(Change::Kept, &item.at, &to, message);
                    odd.push(value);
                }
            }
        }
        if !odd.is_empty() {
            self.kept.insert(key.to_owned(), Value::Array(odd));
        }
        all
    }

    /// An object within this one; `whole` makes one from a bare text.
    pub fn object(
        &mut self,
        r: &mut Reading,
        key: &'static str,
        whole: impl FnOnce(&str) -> Map<String, Value>,
    ) -> Option<Self> {
        let Some(Holds::Object(place)) = self.place.key(key).map(|key| key.holds) else {
            return None;
        };
        let taken = self.take(r, key)?;
        let (at, to) = (self.at(&taken.name), self.to(key));
        match taken.value {
            Value::Object(map) => Some(Self::new(map, place, at, to)),
            Value::String(text) => {
                let message = format!("the text `{}` is now split into its parts", text.trim());
                r.note(Change::Normalised, &at, &to, message);
                Some(Self::new(whole(text.trim()), place, at, to))
            }
            value => {
                let name = taken.name;
                self.keep(r, Taken { name, value }, "should be an object");
                None
            }
        }
    }
}
