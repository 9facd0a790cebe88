//! The records of an XML document as small trees: feeds and boards that answer in XML.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::markup;

/// Elements within one record beyond which its children are not kept; no record of a board is so deep.
const DEEPEST: usize = 16;

/// An element with its text and its children. Names are local names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// The text of the element, trimmed; `None` if it has none.
    pub(super) fn value(&self) -> Option<String> {
        let text = self.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The children with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child with a name that has one.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.all(name).find_map(Self::value)
    }
}

/// What a document holds.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// The elements with the name asked for, in order.
    pub(super) records: Vec<Node>,
    /// The name of the document's element, if there is one.
    pub(super) root: Option<String>,
    /// The text of the first `title` outside of the records.
    pub(super) title: Option<String>,
    /// The document ends as it should. What is broken ends the reading there; nothing before is lost.
    pub(super) whole: bool,
}

/// Reads the elements called `record`, wherever they stand.
pub(super) fn records(body: &str, record: &str) -> Records {
    let mut reader = Reader::from_str(body);
    reader.config_mut().check_end_names = false;
    let mut found = Records::default();
    // Names around the records, and the open elements of the one that is being read.
    let mut around: Vec<String> = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let mut title = String::new();
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => {
                found.whole = found.root.is_some() && around.is_empty() && open.is_empty();
                break;
            }
            Ok(event) => event,
            Err(_) => break,
        };
        match event {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                found.root.get_or_insert_with(|| name.clone());
                if open.is_empty() && name != record {
                    around.push(name);
                } else {
                    open.push(Node {
                        name,
                        ..Node::default()
                    });
                }
            }
            Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                found.root.get_or_insert(name);
            }
            Event::Text(part) => append(&mut open, &around, &mut title, &part),
            Event::CData(part) => append(&mut open, &around, &mut title, &part),
            Event::GeneralRef(name) => {
                let text = markup::unescape(&format!("&{};", &*name));
                append(&mut open, &around, &mut title, &text);
            }
            Event::End(_) => match open.pop() {
                None => {
                    if around.pop().as_deref() == Some("title") && found.title.is_none() {
                        found.title = Some(markup::plain(&title)).filter(|title| !title.is_empty());
                    }
                }
                Some(done) => match open.last_mut() {
                    Some(parent) if parent.name != record || done.name != record => {
                        parent.children.push(done);
                    }
                    Some(_) => {}
                    None => found.records.push(done),
                },
            },
            _ => {}
        }
        if open.len() > DEEPEST {
            break;
        }
    }
    found
}

fn append(open: &mut [Node], around: &[String], title: &mut String, part: &str) {
    match open.last_mut() {
        Some(node) => node.text.push_str(part),
        None if around.last().is_some_and(|name| name == "title") => title.push_str(part),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_are_read_with_entities_cdata_and_prefixes() {
        let body = "<?xml version='1.0'?><r xmlns:t='x'><title>A &amp; B</title><item><t:city>K&#246;ln</t:city><text><![CDATA[<p>1 & 2</p>]]></text><x/></item></r>";
        let found = records(body, "item");
        assert!(found.whole);
        assert_eq!(found.root.as_deref(), Some("r"));
        assert_eq!(found.title.as_deref(), Some("A & B"));
        assert_eq!(found.records[0].text("city").as_deref(), Some("Köln"));
        assert_eq!(
            found.records[0].text("text").as_deref(),
            Some("<p>1 & 2</p>")
        );
    }

    #[test]
    fn what_breaks_off_keeps_what_came_before_and_is_not_whole() {
        let found = records("<r><item><id>1</id></item><item><id>2", "item");
        assert_eq!((found.records.len(), found.whole), (1, false));
        assert!(!records("", "item").whole);
        assert!(!records("<item>".repeat(100).as_str(), "item").whole);
    }

    proptest! {
        #[test]
        fn any_text_is_read(body in "[<>/a-z&;!\\[\\] item]{0,300}") {
            prop_assert!(records(&body, "item").records.len() <= body.len());
        }
    }
}
