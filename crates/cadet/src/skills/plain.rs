//! How much of a text is plain: ASCII words with single spaces between them, the bulk of most texts. What folds or
//! rewrites a text copies it at once.

/// How many bytes are looked at together; one more says whether a space at their end is single.
const STEP: usize = 16;

/// How many bytes at the beginning are plain, a space being so where a visible character follows.
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(step) = bytes[at..].first_chunk::<{ STEP + 1 }>() {
        // Without a branch for each byte, so that the compiler compares all of them with a few instructions.
        let plain = (0..STEP).fold(true, |plain, at| plain & is_plain(step[at], step[at + 1]));
        if !plain {
            break;
        }
        at += STEP;
    }
    let rest = &bytes[at..];
    let is_end = |at: &usize| !is_plain(rest[*at], rest.get(at + 1).copied().unwrap_or(0));
    at + (0..rest.len()).find(is_end).unwrap_or(rest.len())
}

const fn is_plain(byte: u8, next: u8) -> bool {
    byte.is_ascii_graphic() | ((byte == b' ') & next.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_len;

    #[test]
    fn words_with_single_spaces_are_plain() {
        for (plain, rest) in [
            ("", ""),
            ("two words, and more than sixteen bytes.", ""),
            ("ends in a space", " "),
            (" begins with one", "  and has two"),
            ("", "  begins with two"),
            ("exactly sixteen.", "  and two spaces"),
            ("fifteen bytes..", "  and two spaces"),
            ("one line", "\nanother"),
            ("as far as Z", "ürich"),
        ] {
            let text = format!("{plain}{rest}");
            assert_eq!(plain_len(text.as_bytes()), plain.len(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_plain_part_is_the_longest(text in "[a-c ]{0,40}[a ~\n\u{7f}é]{0,3}[a-c ]{0,40}") {
            let bytes = text.as_bytes();
            let is_plain = |at: usize| match bytes[at] {
                b' ' => bytes.get(at + 1).is_some_and(u8::is_ascii_graphic),
                byte => byte.is_ascii_graphic(),
            };
            let expected = (0..bytes.len()).take_while(|at| is_plain(*at)).count();
            prop_assert_eq!(plain_len(bytes), expected);
        }
    }
}
