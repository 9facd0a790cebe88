//! From lines of text, as a document shows them, to a resume.

/// Whether a character is the sign of a bullet, in Unicode or in the private use of symbol fonts.
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '●'
            | '○'
            | '◦'
            | '◉'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '▸'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '❖'
            | '✓'
            | '✔'
            | '✦'
            | '◆'
            | '◇'
            | '⦿'
            | '⦾'
            | '➔'
            | '»'
            | '›'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '\u{f076}'
            | '\u{f0fc}'
            | '\u{f06e}'
            | '\u{f0a8}'
    )
}
