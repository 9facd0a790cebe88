//! A page of its own: escaped, with the structure of its content, for screens light and dark and for paper.

use crate::Resume;
use crate::dates::Wording;
use crate::outline::{self, Block, Entry};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4d5560;--line:#c9ced6;--paper:#fff;--link:#0b57a4}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b3bac4;--line:#454c56;--paper:#16191d;--link:#8ec5ff}}\
*{box-sizing:border-box}\
body{margin:0 auto;padding:2rem 1rem;max-width:48rem;font:1rem/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}\
h1{margin:0;font-size:1.75rem;line-height:1.2}h2{margin:1.5rem 0 .5rem;padding-bottom:.15rem;border-bottom:1px solid var(--line);font-size:1.1rem}\
h3{margin:0;font-size:1rem}p{margin:.25rem 0}ul{margin:.25rem 0;padding-left:1.25rem}article{margin:.75rem 0}\
address{font-style:normal}address ul{display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.25rem 0;padding:0;list-style:none}\
.label,.when{color:var(--soft)}a{color:var(--link)}\
@page{margin:16mm}\
@media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--link:#000}body{max-width:none;padding:0;font-size:10pt}\
h2,h3{break-after:avoid}article,li{break-inside:avoid}a{text-decoration:none}}";

/// The resume as a whole HTML document in English.
#[must_use]
pub fn write(resume: &Resume) -> String {
    write_in(resume, Wording::English)
}

/// The same with the headings and months of a language.
#[must_use]
pub fn write_in(resume: &Resume, wording: Wording) -> String {
    let title = if resume.basics.name.is_empty() {
        "Resume"
    } else {
        &resume.basics.name
    };
    let mut page = Page::default();
    for block in outline::blocks(resume, wording) {
        page.block(block);
    }
    page.close_section();
    let header = if page.header.is_empty() {
        String::new()
    } else {
        format!("<header>\n{}</header>\n", page.header)
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n{header}<main>\n{}</main>\n</body>\n</html>\n",
        code(wording),
        escape(title),
        page.main,
    )
}

const fn code(wording: Wording) -> &'static str {
    match wording {
        Wording::English => "en",
        Wording::German => "de",
        Wording::French => "fr",
        Wording::Spanish => "es",
        Wording::Portuguese => "pt",
    }
}

/// Text as it may stand in HTML, in an element or an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn link(text: &str, url: &str) -> String {
    let url = outline::followable(url);
    if url.is_empty() {
        escape(text)
    } else {
        format!("<a href=\"{}\">{}</a>", escape(&url), escape(text))
    }
}

#[derive(Default)]
struct Page {
    header: String,
    main: String,
    in_section: bool,
    in_article: bool,
    in_list: bool,
}

impl Page {
    fn block(&mut self, block: Block) {
        if !matches!(block, Block::Bullet(_)) {
            self.close_list();
        }
        match block {
            Block::Name(text) => self
                .header
                .push_str(&format!("<h1>{}</h1>\n", escape(&text))),
            Block::Label(text) => self
                .header
                .push_str(&format!("<p class=\"label\">{}</p>\n", escape(&text))),
            Block::Contact(links) => {
                let items = links
                    .iter()
                    .map(|item| format!("<li>{}</li>", link(&item.text, &item.url)));
                self.header.push_str(&format!(
                    "<address><ul>{}</ul></address>\n",
                    items.collect::<String>()
                ));
            }
            Block::Heading(text) => {
                self.close_section();
                self.in_section = true;
                self.main
                    .push_str(&format!("<section>\n<h2>{}</h2>\n", escape(text)));
            }
            Block::Entry(entry) => self.entry(&entry),
            Block::Paragraph(text) => self.main.push_str(&format!("<p>{}</p>\n", escape(&text))),
            Block::Labelled(label, text) => {
                self.main.push_str(&format!(
                    "<p><strong>{}:</strong> {}</p>\n",
                    escape(&label),
                    escape(&text)
                ));
            }
            Block::Bullet(text) => {
                if !self.in_list {
                    self.in_list = true;
                    self.main.push_str("<ul>\n");
                }
                self.main.push_str(&format!("<li>{}</li>\n", escape(&text)));
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.close_article();
        self.in_article = true;
        self.main.push_str("<article>\n");
        let head = entry.head();
        if !head.is_empty() {
            self.main
                .push_str(&format!("<h3>{}</h3>\n", link(&head, &entry.url)));
        }
        let foot = entry.foot();
        if !foot.is_empty() {
            self.main
                .push_str(&format!("<p class=\"when\">{}</p>\n", escape(&foot)));
        }
    }

    fn close_list(&mut self) {
        if std::mem::take(&mut self.in_list) {
            self.main.push_str("</ul>\n");
        }
    }

    fn close_article(&mut self) {
        self.close_list();
        if std::mem::take(&mut self.in_article) {
            self.main.push_str("</article>\n");
        }
    }

    fn close_section(&mut self) {
        self.close_article();
        if std::mem::take(&mut self.in_section) {
            self.main.push_str("</section>\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::testing;

    #[test]
    fn a_page_holds_everything_escaped_and_in_its_structure() {
        let mut resume = testing::mira();
        resume.work[0].highlights[0].text = "<script>alert('x')</script> & more".into();
        resume.work[0].url = "javascript:alert(1)".into();
        let page = write(&resume);
        assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more"));
        assert!(!page.contains("<script") && !page.contains("javascript:"));
        for part in [
            "<h1>Mira Holm</h1>",
            "<h2>Experience</h2>",
            "<h3>",
            "<article>",
            "@media print",
            "prefers-color-scheme",
            "href=\"mailto:mira.holm@mail.example\"",
        ] {
            assert!(page.contains(part), "{part}");
        }
        for tag in ["section", "article", "ul", "li", "main", "header"] {
            let count = |what: &str| page.matches(what).count();
            assert_eq!(
                count(&format!("<{tag}>")),
                count(&format!("</{tag}>")),
                "{tag}"
            );
        }
    }
}
