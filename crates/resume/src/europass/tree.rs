//! XML as a tree of names and texts, of which each text is taken once.

use std::cell::Cell;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::{ReadError, limits};

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    /// Its name without its prefix.
    pub name: String,
    /// Its attributes, without the prefixes of their names.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Node>,
    text: String,
    taken: Cell<bool>,
}

/// What a reference such as `&amp;` or `&#228;` stands for; nothing for one that is not known, so that none can grow.
pub fn entity(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    match &**name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => " ",
        _ => "",
    }
    .to_owned()
}

fn damaged(problem: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        kind: "XML",
        problem: problem.to_string(),
    }
}

/// The root element of a document.
///
/// # Errors
///
/// [`ReadError::Damaged`], and [`ReadError::Bomb`] for a document that is too deep or too long.
pub fn parse(text: &str) -> Result<Node, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = vec![Node::default()];
    for _ in 0..limits::XML_EVENTS {
        if open.len() > limits::XML_DEPTH {
            return Err(ReadError::Bomb {
                what: "elements within elements".into(),
            });
        }
        let event = reader
            .read_event()
            .map_err(|error| damaged(format!("{error} at byte {}", reader.error_position())))?;
        match event {
            Event::Start(tag) => open.push(start(&tag)),
            Event::Empty(tag) => add(&mut open, start(&tag)),
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    add(&mut open, node);
                }
            }
            Event::Text(part) => push(&mut open, &part),
            Event::CData(part) => push(&mut open, &part),
            Event::GeneralRef(name) => push(&mut open, &entity(&name)),
            Event::Eof => {
                let root = open.drain(..).next().and_then(|mut top| top.children.pop());
                return root.ok_or_else(|| damaged("there is no element in it"));
            }
            _ => {}
        }
    }
    Err(ReadError::Bomb {
        what: "elements without end".into(),
    })
}

fn add(open: &mut [Node], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn push(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn start(tag: &BytesStart<'_>) -> Node {
    let attributes = tag.attributes().filter_map(Result::ok).map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        (name, attribute.value.into_owned())
    });
    Node {
        name: tag.local_name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Node::default()
    }
}

impl Node {
    /// The first element of this name within, at any depth.
    pub fn find(&self, name: &str) -> Option<&Self> {
        let direct = self.children.iter().find(|child| child.name == name);
        direct.or_else(|| self.children.iter().find_map(|child| child.find(name)))
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &str) -> Option<&Self> {
        let mut node = self;
        for name in path.split('/') {
            node = node.children.iter().find(|child| child.name == name)?;
        }
        Some(node)
    }

    /// All elements of this name directly within, or at the end of a path of names.
    pub fn all<'n>(&'n self, path: &str) -> Vec<&'n Self> {
        let (parent, name) = match path.rsplit_once('/') {
            Some((path, name)) => (self.at(path), name),
            None => (Some(self), path),
        };
        let children = parent
            .map(|parent| parent.children.as_slice())
            .unwrap_or_default();
        children.iter().filter(|child| child.name == name).collect()
    }

    /// Takes the text of this element: without tags, and with a line for each paragraph or item of HTML.
    pub fn take(&self) -> String {
        self.taken.set(true);
        plain(&self.text)
    }

    /// Takes the text at the end of a path; empty when there is none.
    pub fn text(&self, path: &str) -> String {
        self.at(path).map(Self::take).unwrap_or_default()
    }

    /// Takes the text of the first element of this name at any depth; empty when there is none.
    pub fn any(&self, name: &str) -> String {
        self.find(name).map(Self::take).unwrap_or_default()
    }

    /// Says that an element and all within is understood in another way.
    pub fn ignore(&self) {
        self.taken.set(true);
        self.children.iter().for_each(Self::ignore);
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All texts, in the order of the file.
    pub fn lines(&self) -> Vec<String> {
        let own = plain(&self.text);
        let mut lines: Vec<String> = Some(own)
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
        lines.extend(self.children.iter().flat_map(Self::lines));
        lines
    }

    /// What was not taken, with its path.
    pub fn rest(&self, path: String, rest: &mut Vec<(String, String)>) {
        let text = plain(&self.text);
        if !self.taken.get() && !text.is_empty() {
            rest.push((format!("{path}/{}", self.name), text));
        }
        for child in &self.children {
            child.rest(format!("{path}/{}", self.name), rest);
        }
    }
}

/// The text of a piece of HTML, with a line for each paragraph; items begin with a bullet's sign.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or(""));
        let after = rest.get(at + 1..).unwrap_or("");
        let name: String = after
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        let Some(end) = after.find('>').filter(|_| !name.is_empty()) else {
            out.push('<');
            rest = after;
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "li" => out.push_str("\n• "),
            "br" | "br/" | "p" | "/p" | "/li" | "ul" | "/ul" | "ol" | "/ol" | "div" | "/div" => {
                out.push('\n')
            }
            _ => {}
        }
        rest = after.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    let out = out
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let lines = out
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty() && line != "•")
        .collect::<Vec<_>>()
        .join("\n")
}
