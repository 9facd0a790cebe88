//! The reader that takes letters in the order of the content stream, through the fonts' `ToUnicode` maps.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::font::{Font, number};
use super::state::{Matrix, State};

/// No stream is unpacked beyond this many bytes.
const LIMIT: usize = 64 << 20;
/// Forms within forms are followed no deeper than this.
const MAX_DEPTH: usize = 8;

/// The text of each page.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    let options = LoadOptions {
        max_decompressed_size: Some(LIMIT),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| error.to_string())?;
    let ids = document.get_pages().into_values();
    ids.map(|id| page(&document, id).map_err(|error| error.to_string()))
        .collect()
}

fn page(document: &Document, id: lopdf::ObjectId) -> lopdf::Result<String> {
    let content = Content::decode(&document.get_page_content_with_limit(id, LIMIT)?)?;
    let (own, inherited) = document.get_page_resources(id)?;
    let mut resources: Vec<&Dictionary> = own.into_iter().collect();
    resources.extend(
        inherited
            .into_iter()
            .filter_map(|id| document.get_dictionary(id).ok()),
    );
    let mut walk = Walk::new(document);
    walk.run(&content.operations, &resources, 0);
    Ok(walk.out)
}

/// A walk through the operations of a page.
struct Walk<'a> {
    document: &'a Document,
    fonts: HashMap<*const Dictionary, Font<'a>>,
    state: State,
    saved: Vec<State>,
    /// For each open marked content: whether its text was replaced by the one it states.
    marks: Vec<bool>,
    /// Where the last letter ended: x, y and its height.
    last: Option<(f32, f32, f32)>,
    out: String,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            state: State::new(),
            saved: Vec::new(),
            marks: Vec::new(),
            last: None,
            out: String::new(),
        }
    }

    fn run(&mut self, operations: &[Operation], resources: &[&'a Dictionary], depth: usize) {
        for operation in operations {
            let operands = operation.operands.as_slice();
            match operation.operator.as_str() {
                "q" => self.saved.push(self.state.clone()),
                "Q" => {
                    if let Some(state) = self.saved.pop() {
                        self.state = state;
                    }
                }
                "cm" => self.state.page = matrix(operands).then(self.state.page),
                "Do" => self.form(operands, resources, depth),
                "BDC" | "BMC" => self.mark(operands, resources),
                "EMC" => {
                    self.marks.pop();
                }
                operator => self.text(operator, operands, resources),
            }
        }
    }

    /// Operators of the text state and of showing text.
    fn text(&mut self, operator: &str, operands: &[Object], resources: &[&'a Dictionary]) {
        let at = |index: usize| number(operands.get(index)).unwrap_or(0.0);
        match operator {
            "BT" => {
                self.state.text = Matrix::IDENTITY;
                self.state.line = Matrix::IDENTITY;
            }
            "Tf" => {
                self.state.font = operands
                    .first()
                    .and_then(|name| name.as_name().ok())
                    .unwrap_or_default()
                    .to_vec();
                self.state.size = at(1);
            }
            "Tc" => self.state.letter_space = at(0),
            "Tz" => self.state.stretch = at(0) / 100.0,
            "TL" => self.state.leading = at(0),
            "Tm" => {
                self.state.line = matrix(operands);
                self.state.text = self.state.line;
            }
            "Td" => self.state.next_line(at(0), at(1)),
            "TD" => {
                self.state.leading = -at(1);
                self.state.next_line(at(0), at(1));
            }
            "T*" => self.state.next_line(0.0, -self.state.leading),
            "'" | "\"" => {
                self.state.next_line(0.0, -self.state.leading);
                self.show(&operands[operands.len().saturating_sub(1)..], resources);
            }
            "Tj" => self.show(operands, resources),
            "TJ" => {
                let items = operands.first().and_then(|items| items.as_array().ok());
                self.show(items.map_or(&[], Vec::as_slice), resources);
            }
            _ => {}
        }
    }

    /// Shows strings; numbers between them move back by thousandths of the size.
    fn show(&mut self, items: &[Object], resources: &[&'a Dictionary]) {
        let Some(key) = self.font(resources) else {
            return;
        };
        for item in items {
            let Ok(bytes) = item.as_str() else {
                let back = number(Some(item)).unwrap_or(0.0);
                self.state.advance(-back / 1000.0 * self.state.size);
                continue;
            };
            let Some(font) = self.fonts.get(&key) else {
                return;
            };
            let (text, (width, codes)) = (font.text(bytes), font.advance(bytes));
            self.write(&text);
            let spaces = self.state.letter_space * codes as f32;
            self.state
                .advance(width / 1000.0 * self.state.size + spaces);
            self.last = Some(self.state.place());
        }
    }

    /// The current font, read when it is first used.
    fn font(&mut self, resources: &[&'a Dictionary]) -> Option<*const Dictionary> {
        let name = self.state.font.as_slice();
        let font = resources.iter().find_map(|resources| {
            let fonts = resources
                .get_deref(b"Font", self.document)
                .ok()?
                .as_dict()
                .ok()?;
            fonts.get_deref(name, self.document).ok()?.as_dict().ok()
        })?;
        let key: *const Dictionary = font;
        let document = self.document;
        self.fonts
            .entry(key)
            .or_insert_with(|| Font::new(document, font, LIMIT));
        Some(key)
    }

    /// Writes a text where the state stands, with a space or a line break where the page shows one.
    fn write(&mut self, text: &str) {
        let here = self.state.place();
        if !self.marks.contains(&true) {
            self.part(here);
            self.out.push_str(text);
        }
    }

    fn part(&mut self, (x, y, height): (f32, f32, f32)) {
        let Some((last_x, last_y, last_height)) = self.last else {
            return;
        };
        let size = height.max(last_height).max(0.1);
        if (y - last_y).abs() > size * 0.5 {
            self.out.push('\n');
        } else if (x - last_x).abs() > size * 0.2 && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    /// Marked content may state the text that its letters stand for.
    fn mark(&mut self, operands: &[Object], resources: &[&'a Dictionary]) {
        let named = |name: &[u8]| {
            resources.iter().find_map(|resources| {
                let properties = resources
                    .get_deref(b"Properties", self.document)
                    .ok()?
                    .as_dict()
                    .ok()?;
                properties
                    .get_deref(name, self.document)
                    .ok()?
                    .as_dict()
                    .ok()
            })
        };
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => named(name),
            _ => None,
        };
        let stated = properties.and_then(|properties| properties.get(b"ActualText").ok());
        let stated = stated.and_then(|text| lopdf::decode_text_string(text).ok());
        let outermost = !self.marks.contains(&true);
        self.marks.push(stated.is_some());
        if let Some(text) = stated.filter(|_| outermost) {
            self.part(self.state.place());
            self.out.push_str(&text);
        }
    }

    /// A form is a content stream of its own.
    fn form(&mut self, operands: &[Object], resources: &[&'a Dictionary], depth: usize) {
        let Some(name) = operands.first().and_then(|name| name.as_name().ok()) else {
            return;
        };
        let stream = resources.iter().find_map(|resources| {
            let objects = resources
                .get_deref(b"XObject", self.document)
                .ok()?
                .as_dict()
                .ok()?;
            objects
                .get_deref(name, self.document)
                .ok()?
                .as_stream()
                .ok()
        });
        let Some(stream) = stream.filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        let content = stream
            .get_plain_content_with_limit(LIMIT)
            .and_then(|bytes| Content::decode(&bytes));
        let Ok(content) = content else { return };
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict);
        let inner: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let before = self.state.clone();
        let placed = stream
            .dict
            .get(b"Matrix")
            .and_then(Object::as_array)
            .map(|numbers| matrix(numbers));
        self.state.page = placed.unwrap_or(Matrix::IDENTITY).then(self.state.page);
        self.run(&content.operations, &inner, depth + 1);
        self.state = before;
    }
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut numbers = Matrix::IDENTITY.0;
    for (number_at, operand) in numbers.iter_mut().zip(operands) {
        *number_at = number(Some(operand)).unwrap_or(*number_at);
    }
    Matrix(numbers)
}
