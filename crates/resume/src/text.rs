//! Plain text, for forms that take nothing else.

use crate::dates::Wording;
use crate::outline::{self, Block};
use crate::{ReadError, Resume};

/// The resume as plain text with headings in capitals and bullets as `-`.
#[must_use]
pub fn write(resume: &Resume) -> String {
    write_in(resume, Wording::English)
}

/// The same with the headings and months of a language.
#[must_use]
pub fn write_in(resume: &Resume, wording: Wording) -> String {
    let mut out = String::new();
    for block in outline::blocks(resume, wording) {
        match block {
            Block::Name(text) | Block::Label(text) => line(&mut out, &text),
            Block::Contact(links) => {
                let texts: Vec<String> = links.into_iter().map(|link| link.text).collect();
                line(&mut out, &texts.join(" | "));
            }
            Block::Heading(text) => {
                out.push('\n');
                line(&mut out, &text.to_uppercase());
            }
            Block::Entry(entry) => {
                out.push('\n');
                line(&mut out, &entry.head());
                line(
                    &mut out,
                    &outline::joined(&[&entry.foot(), &outline::bare(&entry.url)], " · "),
                );
            }
            Block::Paragraph(text) => line(&mut out, &text),
            Block::Bullet(text) => line(&mut out, &format!("- {}", text.replace('\n', " "))),
            Block::Labelled(label, text) => line(&mut out, &format!("{label}: {text}")),
        }
    }
    out
}

/// One line; nothing for an empty one.
fn line(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
}

/// Reads plain text as a resume: as Markdown without signs.
///
/// # Errors
///
/// As [`crate::markdown::read`].
pub fn read(bytes: &[u8]) -> Result<crate::Imported, ReadError> {
    crate::markdown::read(bytes)
}

#[cfg(test)]
mod tests {
    use super::{write, write_in};
    use crate::dates::Wording;
    use crate::testing;

    #[test]
    fn plain_text_holds_every_bullet_and_reads_again() {
        let resume = testing::mira();
        let text = write(&resume);
        assert!(text.contains("EXPERIENCE\n") && text.contains("- Trained 4 new colleagues\n"));
        let read = super::read(text.as_bytes()).unwrap().resume;
        assert_eq!(read.work.len(), resume.work.len());
        assert_eq!(read.work[0].start_date, resume.work[0].start_date);
        assert!(write_in(&resume, Wording::German).contains("BERUFSERFAHRUNG"));
    }
}
