//! Many rows as statements of few sizes.
//!
//! To a database each number of rows is a statement of its own. A connection keeps a hundred of them ready, on SQLite
//! together with the values that each was last given: were rows written however many there are, a board with 37 new
//! postings and one with 38 would each leave theirs behind.

/// Values that one statement writes at most. More at once save nothing that can be measured, and take more memory.
const VALUES_AT_ONCE: usize = 1_200;

/// How many rows each statement writes, of `count` rows with `columns` values each: powers of two, the largest first.
pub fn sizes(count: usize, columns: usize) -> impl Iterator<Item = usize> {
    let most = power_of_two_within(VALUES_AT_ONCE / columns.max(1));
    let mut left = count;
    std::iter::from_fn(move || {
        let size = (left > 0).then(|| power_of_two_within(left).min(most))?;
        left -= size;
        Some(size)
    })
}

/// Cuts rows of `columns` values each into what each statement writes; see [`sizes`].
pub fn parts<T>(rows: &[T], columns: usize) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    sizes(rows.len(), columns).map(move |size| {
        let (part, behind) = rest.split_at(size);
        rest = behind;
        part
    })
}

/// The greatest power of two that is not above `number`, and 1 for 0.
fn power_of_two_within(number: usize) -> usize {
    1 << number.max(1).ilog2()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_written_once_and_in_order() {
        for count in [0, 1, 2, 3, 63, 64, 65, 500, 5_001] {
            let rows: Vec<usize> = (0..count).collect();
            let written: Vec<usize> = parts(&rows, 17).flatten().copied().collect();
            assert_eq!(written, rows);
        }
    }

    #[test]
    fn rows_of_any_number_need_few_statements() {
        for (columns, kept) in [(1, 11), (17, 7), (18, 7), (2_000, 1)] {
            let all: BTreeSet<usize> = (0..3_000).flat_map(|count| sizes(count, columns)).collect();
            assert_eq!(all.len(), kept, "{columns}: {all:?}");
            let most = all.last().copied().unwrap_or_default();
            assert!(most == 1 || most * columns <= VALUES_AT_ONCE, "{columns}");
        }
    }
}
